import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoInputSchema } from '../../../../../shared/domain/demo/demo-input.ts';
import { buildDemo } from '../../../../../shared/domain/demo/demo-space.ts';
import { validateWrite } from '../../../../../shared/domain/validate-write.ts';
import { ticketStates } from '../../../../../shared/domain/ticket/ticket.ts';
import { makeDemoInput } from '../../../../fixtures/demo/make-demo-input.ts';

const shipped = readFileSync('renderer/data/demo/demo-input.json', 'utf8');
const input = demoInputSchema.parse(JSON.parse(shipped));
const now = Date.UTC(2026, 0, 5, 9);

function build() {
  let ids = 0;
  let references = 0;
  return buildDemo(input, {
    now,
    newId: () => `id-${(ids += 1)}`,
    newReference: (prefix) => `${prefix}-TEST-${(references += 1)}`,
  });
}

function foldSteps(steps: ReturnType<typeof build>['steps']): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const rows = new Map<string, Readonly<Record<string, unknown>>>();
  for (const change of steps.flatMap((step) => step.changes)) {
    expect(rows.has(change.id)).toBe(change.create !== true);
    rows.set(change.id, { ...rows.get(change.id), ...change.fields, entity: change.entity });
  }
  return rows;
}

describe('the demo space', () => {
  const { steps, user } = build();
  const rows = [...foldSteps(steps).values()];
  const tickets = rows.filter((row) => row['entity'] === 'ticket');

  it('is what the fixtures give, and small', () => {
    const read = (name: string) => readFileSync(`tests/fixtures/${name}`, 'utf8');
    expect(makeDemoInput(read('incidents-sample.csv'), read('ticket-texts.csv'))).toEqual(input);
    expect(shipped.length).toBeLessThan(1_500_000);
  });

  it('is played in order of time, up to now, with writes that admission takes', () => {
    const times = steps.map((step) => step.at);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(now - Math.max(...times)).toBeLessThan(30 * 60_000);
    expect(Math.max(...times)).toBeLessThanOrEqual(now);
    for (const change of steps.flatMap((step) => step.changes)) {
      expect(validateWrite(change.entity, change.fields)).toEqual({ knownKind: true, unknownFields: [], problems: [] });
    }
  });

  it('has a problem with its incidents, whys and known error', () => {
    const of = (entity: string) => rows.filter((row) => row['entity'] === entity);
    expect(of('problem')).toMatchObject([{ state: 'root-cause-analysis' }]);
    expect(tickets.filter((row) => typeof row['problem'] === 'string').length).toBeGreaterThanOrEqual(3);
    expect([of('problem-why').length, of('known-error').length]).toEqual([2, 1]);
  });

  it('has a few hundred tickets in every state, with people, queues, services, assets and sites', () => {
    const count = (entity: string) => rows.filter((row) => row['entity'] === entity).length;
    expect(count('ticket')).toBeGreaterThan(350);
    expect(count('ticket-entry')).toBeGreaterThan(500);
    expect(['queue', 'service', 'site'].map(count)).toEqual([8, 12, 5]);
    expect(count('asset')).toBeGreaterThanOrEqual(60);
    expect(new Set(tickets.map((row) => row['state']))).toEqual(new Set(ticketStates));
    expect(new Set(tickets.map((row) => row['priority']))).toEqual(new Set(['1', '2', '3', '4', '5']));
    expect(tickets.some((row) => row['parent'])).toBe(true);
    expect(tickets.some((row) => Number(row['reopenCount']) > 0)).toBe(true);
  });

  it('gives the person at the desk work, and everybody a name of their own', () => {
    const mine = tickets.filter(
      (row) => row['assignee'] === user && row['state'] !== 'closed' && row['state'] !== 'canceled',
    );
    expect(mine.length).toBeGreaterThan(3);
    const names = input.people.map((person) => person.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says which step does not fit the rules', () => {
    const [ticket] = input.tickets;
    const step = { ago: 0, by: 0, command: 'ticket.reopen' };
    const broken = { ...input, problems: [], tickets: ticket ? [{ ...ticket, steps: [step] }] : [] };
    expect(() =>
      buildDemo(broken, { now, newId: () => String(Math.random()), newReference: (prefix) => prefix }),
    ).toThrow(/ticket\.reopen .*no-such-move/);
  });
});
