import { describe, expect, it } from 'vitest';
import { precedenceOf } from '../../../../../shared/domain/precedence.ts';
import {
  allowedMoves,
  findTransition,
  ticketMachines,
  ticketMoves,
} from '../../../../../shared/domain/ticket/ticket-lifecycle.ts';
import { ticketStates, ticketTypes } from '../../../../../shared/domain/ticket/ticket.ts';

describe('ticket lifecycle', () => {
  it.each([
    ['new', ['start', 'hold', 'resolve', 'cancel']],
    ['in-progress', ['hold', 'resolve', 'cancel']],
    ['on-hold', ['hold', 'resume', 'resolve', 'cancel']],
    ['resolved', ['reopen', 'close']],
    ['closed', []],
    ['canceled', []],
    ['of-a-newer-version', []],
  ])('offers from %s the moves %j', (state, moves) => {
    expect(allowedMoves({ state, queue: 'q' }).map((each) => each.move)).toEqual(moves);
  });

  it('offers start blocked while neither queue nor assignee is set', () => {
    expect(allowedMoves({ state: 'new' })[0]).toMatchObject({
      move: 'start',
      blocked: { kind: 'queue-or-assignee-required' },
    });
    expect(allowedMoves({ state: 'new', assignee: 'p' })[0]).toMatchObject({ move: 'start', blocked: null });
  });

  it('says what each move needs', () => {
    const inputs = Object.fromEntries(allowedMoves({ state: 'in-progress' }).map((each) => [each.move, each.inputs]));
    expect(inputs).toEqual({ hold: ['reason'], resolve: ['code', 'notes'], cancel: ['reason'] });
  });

  it('treats a ticket without a state as new', () => {
    expect(findTransition({}, 'resolve')).toMatchObject({ to: 'resolved' });
  });

  it('says that closed and canceled are final and that other moves do not exist', () => {
    expect(findTransition({ state: 'closed' }, 'reopen')).toMatchObject({
      kind: 'ticket-finished',
      values: { state: 'closed' },
    });
    expect(findTransition({ state: 'canceled' }, 'reopen')).toMatchObject({ kind: 'ticket-finished' });
    expect(findTransition({ state: 'new' }, 'close')).toMatchObject({
      kind: 'no-such-move',
      values: { from: 'new', to: 'closed' },
    });
  });

  it('has every move and no way out of a final state in every machine', () => {
    for (const type of ticketTypes) {
      const { transitions } = ticketMachines[type];
      expect(new Set(transitions.map((each) => each.move))).toEqual(new Set(ticketMoves));
      expect(transitions.flatMap((each) => each.from)).not.toContain('closed');
      expect(transitions.flatMap((each) => each.from)).not.toContain('canceled');
    }
  });

  it('ranks concurrent states: the further advanced wins, a state unknown here never does', () => {
    const compare = precedenceOf('ticket', 'state');
    const shuffled = [...ticketStates, 'of-a-newer-version'].toReversed().toSorted((a, b) => compare?.(a, b) ?? 0);
    expect(shuffled).toEqual(['of-a-newer-version', 'new', 'in-progress', 'on-hold', 'resolved', 'canceled', 'closed']);
    expect(precedenceOf('ticket', 'title')).toBeUndefined();
    expect(precedenceOf('kind-of-tomorrow', 'state')).toBeUndefined();
  });
});
