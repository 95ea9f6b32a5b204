import { describe, expect, it } from 'vitest';
import { matchCommand } from '../../../../renderer/app/match-command.ts';

describe('matchCommand', () => {
  it.each([
    ['Assign to me', 'ass', 3],
    ['Assign to me', 'me assign', 2],
    ['Reassign', 'assign', 1],
    ['Change priority', 'prio ch', 2],
    ['Change priority', 'iori', 1],
    ['Change priority', 'prix', 0],
    ['Priorität ändern', 'prioritat', 3],
    ['Priorität ändern', 'ander', 2],
    ['Ticket lösen', 'LÖS', 2],
    ['Undo', '', 3],
  ] as const)('%s, typed "%s": %i', (label, typed, expected) => {
    expect(matchCommand(label, typed)).toBe(expected);
  });
});
