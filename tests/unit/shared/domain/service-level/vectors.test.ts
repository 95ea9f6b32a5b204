import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkVectors } from '../../../../vectors/check-vector.ts';

const file = readFileSync('tests/fixtures/sla-vectors.json', 'utf8');

describe('sla-vectors.json', () => {
  it.each(checkVectors(file).map((outcome) => [outcome.id, outcome] as const))('%s', (_id, { passed, text }) => {
    expect(passed, text).toBe(true);
  });
});

describe('the check of vectors', () => {
  const calendars = { A: { tz: 'UTC', weekly: { mon: [['08:00', '12:00']] } }, B: { tz: 'Berlin', weekly: {} } };
  const due = { id: 'X', fn: 'due', calendar: 'A', startUtc: '2026-03-09T09:00:00Z', targetMinutes: 60 };
  const check = (vector: object) => checkVectors(JSON.stringify({ calendars, vectors: [{ ...due, ...vector }] }))[0];

  it('sees a wrong answer and says what was expected', () => {
    expect(check({ dueUtc: '2026-03-09T10:00:00Z' })?.passed).toBe(true);
    expect(check({ dueUtc: '2026-03-09T10:01:00Z' })).toMatchObject({ passed: false });
    expect(check({ dueUtc: '2026-03-09T10:01:00Z' })?.text).toContain('expected 2026-03-09 10:01');
    const open = { fn: 'openMinutes', endUtc: '2026-03-09T10:00:00Z' };
    expect(check({ ...open, expectedMinutes: 60 })?.passed).toBe(true);
    expect(check({ ...open, expectedMinutes: 61 })?.passed).toBe(false);
  });

  it.each([
    [{ fn: 'guess' }, 'fn'],
    [{ calendar: 'C' }, 'no calendar C'],
    [{ calendar: 'B', dueUtc: '2026-03-09T10:00:00Z' }, 'calendar B: zone'],
    [{}, 'dueLocal or dueUtc is missing'],
    [{ dueUtc: '2026-03-09T10:00:00Z', dueLocal: '2026-03-09 11:00' }, 'not the same instant'],
  ])('fails %j', (vector, text) => {
    expect(check(vector)).toMatchObject({ passed: false });
    expect(check(vector)?.text).toContain(text);
  });
});
