import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../../../renderer/data/data-api.ts';
import type { ConflictRow } from '../../../../../renderer/data/sync-api.ts';
import { keepAllShown } from '../../../../../renderer/features/sync/conflicts/settle.ts';
import type { Desk } from '../../../../../renderer/widgets/desk.ts';
import { conflictsOf } from '../../../../helpers/sync-states.ts';

interface Sent {
  readonly name: string;
  readonly input: { readonly records: readonly { readonly id: string; readonly fields: object }[] };
}

/** A desk whose worker has these conflicts; `take` says what becomes of each command. */
function deskWith(conflicts: ConflictRow[], take: (sent: Sent) => CommandOutcome): Desk & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const call = (_name: string, { offset, limit }: { readonly offset: number; readonly limit: number }) =>
    Promise.resolve({ total: conflicts.length, rows: conflicts.slice(offset, offset + limit) });
  const run = (name: string, input: Sent['input']): Promise<CommandOutcome> => {
    sent.push({ name, input });
    return Promise.resolve(take({ name, input }));
  };
  return { sent, services: { data: { call } }, runner: { run }, translate: (key: string) => key } as unknown as Desk & {
    readonly sent: Sent[];
  };
}

const saved: CommandOutcome = { ok: true, value: { dots: ['K:1'], ids: [] } };
const rows = (count: number): ConflictRow[] => [
  ...conflictsOf(
    Array.from({ length: count }, (_, index) => ({ id: `t-${index}`, title: '', reference: '' })),
    0,
  ),
];

describe('keeping what is shown in every record', () => {
  it('settles each field with the value shown, in commands of at most 500 records', async () => {
    const conflicts = rows(1_200);
    const desk = deskWith(conflicts, ({ input }) => {
      conflicts.splice(0, input.records.length);
      return saved;
    });
    await keepAllShown(desk);
    expect(desk.sent.map(({ name, input }) => [name, input.records.length])).toEqual([
      ['record.settle', 500],
      ['record.settle', 500],
      ['record.settle', 200],
    ]);
    expect(desk.sent[0]?.input.records[0]).toMatchObject({
      id: 't-0',
      fields: { state: 'on-hold', assignee: 'p-1', title: 'Label printer prints blank labels' },
    });
  });

  it('ends at the first refusal', async () => {
    const desk = deskWith(rows(700), () => ({ ok: false, failure: { kind: 'storage-full' } }));
    await keepAllShown(desk);
    expect(desk.sent).toHaveLength(1);
  });

  it('ends when new conflicts come as fast as it settles them', async () => {
    const desk = deskWith(rows(20), () => saved);
    await keepAllShown(desk);
    expect(desk.sent).toHaveLength(1);
  });
});
