import { describe, expect, it } from 'vitest';
import { defaultPriorityMatrix, priorityOf, readPriorityMatrix } from '../../../../../shared/domain/ticket/priority.ts';

describe('priority matrix', () => {
  it.each([
    ['1', '1', '1'],
    ['1', '2', '2'],
    ['1', '3', '3'],
    ['2', '1', '2'],
    ['2', '2', '3'],
    ['2', '3', '4'],
    ['3', '1', '3'],
    ['3', '2', '4'],
    ['3', '3', '5'],
  ])('PRI-1: impact %s and urgency %s give priority %s by default', (impact, urgency, priority) => {
    expect(priorityOf(defaultPriorityMatrix, impact, urgency)).toBe(priority);
  });

  it('counts a level that is missing or unknown as the lowest', () => {
    expect(priorityOf(defaultPriorityMatrix, undefined, '9')).toBe('5');
    expect(priorityOf(defaultPriorityMatrix, '1', null)).toBe('3');
  });

  it('takes the matrix of the space', () => {
    const own = { ...defaultPriorityMatrix, '3': { '1': '1', '2': '1', '3': '1' } };
    expect(readPriorityMatrix(own)).toEqual({ matrix: own, problem: null });
  });

  it.each([
    [{ '1': { '1': '1', '2': '2', '3': '3' } }],
    [{ ...defaultPriorityMatrix, '2': { '1': '2', '2': '6', '3': '4' } }],
    [{ ...defaultPriorityMatrix, '4': {} }],
    ['text'],
    [7],
  ])('reports a setting that does not fit and falls back to the default: %j', (setting) => {
    const { matrix, problem } = readPriorityMatrix(setting);
    expect(matrix).toBe(defaultPriorityMatrix);
    expect(problem).toEqual(expect.stringMatching(/\S/));
  });

  it('has no problem when the setting was never set or was reset', () => {
    expect(readPriorityMatrix(undefined).problem).toBeNull();
    expect(readPriorityMatrix(null).problem).toBeNull();
  });
});
