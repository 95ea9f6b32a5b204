import { describe, expect, it } from 'vitest';
import type { RecordValues } from '../../../../../shared/domain/change.ts';
import type { DecisionContext, DecisionRow } from '../../../../../shared/domain/command.ts';
import { runCommand } from '../../../../../shared/domain/commands.ts';
import type { EntityKind } from '../../../../../shared/domain/entities.ts';
import { stockTakeEntryId } from '../../../../../shared/domain/stock-take/stock-take.ts';
import { tallyOf } from '../../../../../shared/domain/stock-take/tally.ts';

const context: DecisionContext = {
  now: 1_000,
  user: 'me',
  newId: () => 'new',
  newReference: (prefix) => `${prefix}-1`,
  setting: () => undefined,
};

function desk(rows: Readonly<Record<string, readonly [EntityKind, RecordValues]>>) {
  const known = new Map<string, DecisionRow>(
    Object.entries(rows).map(([id, [entity, values]]) => [id, { entity, id, values }]),
  );
  return (name: string, input: unknown) =>
    runCommand(name, input, ({ ids }) => new Map([...known].filter(([id]) => ids.includes(id))), context);
}

const open = ['stock-take', { name: 'Belgrade', site: 'bel', state: 'counting' }] as const;
const counts = { found: 1, misplaced: 1, unknown: 0, absent: 1 };

describe('stock-take', () => {
  it('two people who count the same thing offline make one entry, of an asset or of an unknown text', () => {
    expect(stockTakeEntryId('s', 'a', 'CI-1')).toBe(stockTakeEntryId('s', 'a', 'A-0042'));
    expect(stockTakeEntryId('s', null, 'x')).toBe(stockTakeEntryId('s', null, 'x'));
    expect(stockTakeEntryId('s', null, 'x')).not.toBe(stockTakeEntryId('s', null, 'y'));
    expect(stockTakeEntryId('s', 'a', 'x')).not.toBe(stockTakeEntryId('t', 'a', 'x'));
  });

  it('counts an asset once, with who and when', async () => {
    const run = desk({ s: open, a: ['asset', { name: 'NB' }] });
    const outcome = await run('stock-take.count', { id: 's', scanned: ' CI-1 ', asset: 'a' });
    const entry = stockTakeEntryId('s', 'a', 'CI-1');
    expect(outcome).toMatchObject({
      ok: true,
      value: [{ id: entry, create: true, fields: { asset: 'a', scanned: 'CI-1', countedAt: 1_000, countedBy: 'me' } }],
    });
    const again = desk({ s: open, a: ['asset', { name: 'NB' }], [entry]: ['stock-take-entry', { active: true }] });
    expect(await again('stock-take.count', { id: 's', scanned: 'CI-1', asset: 'a' })).toMatchObject({
      ok: false,
      failure: { kind: 'nothing-to-change' },
    });
  });

  it.each([
    ['', 'bad-input'],
    ['x'.repeat(201), 'bad-input'],
  ])('refuses %j', async (scanned) => {
    const outcome = await desk({ s: open })('stock-take.count', { id: 's', scanned, asset: null });
    expect(outcome.ok).toBe(false);
  });

  it('takes nothing once it is finished, and no record that is not an asset', async () => {
    const finished = desk({ s: ['stock-take', { state: 'finished' }] });
    expect(await finished('stock-take.count', { id: 's', scanned: 'x', asset: null })).toMatchObject({
      failure: { kind: 'stock-take-finished' },
    });
    expect(await finished('stock-take.finish', { id: 's', moved: [], missing: [], ...counts })).toMatchObject({
      failure: { kind: 'stock-take-finished' },
    });
    const run = desk({ s: open, p: ['person', { name: 'P' }] });
    expect(await run('stock-take.count', { id: 's', scanned: 'x', asset: 'p' })).toMatchObject({
      failure: { kind: 'wrong-kind' },
    });
  });

  it('finishing moves and marks in one operation, and leaves what changed meanwhile', async () => {
    const run = desk({
      s: open,
      here: ['asset', { site: 'bel' }],
      moved: ['asset', { site: 'ham', status: 'production' }],
      lost: ['asset', { site: 'ham', status: 'missing' }],
      gone: ['asset', { site: 'bel', status: 'production' }],
      planned: ['asset', { site: 'bel', status: 'planned' }],
      left: ['asset', { site: 'ham', status: 'production' }],
    });
    const outcome = await run('stock-take.finish', {
      id: 's',
      moved: ['here', 'moved', 'lost', 'moved'],
      missing: ['gone', 'planned', 'left', 'moved', 'nobody'],
      ...counts,
    });
    expect(outcome).toEqual({
      ok: true,
      value: [
        {
          entity: 'stock-take',
          id: 's',
          fields: {
            state: 'finished',
            finishedAt: 1_000,
            foundCount: 1,
            misplacedCount: 1,
            missingCount: 1,
            unknownCount: 0,
          },
        },
        { entity: 'asset', id: 'moved', fields: { site: 'bel' } },
        { entity: 'asset', id: 'lost', fields: { site: 'bel', status: 'in-stock' } },
        { entity: 'asset', id: 'gone', fields: { status: 'missing' } },
      ],
    });
  });

  it('tells found, misplaced, unknown and missing apart', () => {
    const counted = [
      { id: '1', asset: 'a' },
      { id: '2', asset: 'x' },
      { id: '3', asset: null },
    ];
    const tally = tallyOf(['a', 'b'], counted);
    expect(tally.found.map(({ id }) => id)).toEqual(['1']);
    expect(tally.misplaced.map(({ id }) => id)).toEqual(['2']);
    expect(tally.unknown.map(({ id }) => id)).toEqual(['3']);
    expect(tally.missing).toEqual(['b']);
  });
});
