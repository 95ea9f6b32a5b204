import { beforeEach, describe, expect, it } from 'vitest';
import { ChangeIndex } from '../../../../../renderer/data/changes/change-index.ts';
import { ImpactIndex } from '../../../../../renderer/data/impact/impact-index.ts';
import { Tables } from '../../../../../renderer/data/storage/tables.ts';
import type { RecordValues } from '../../../../../shared/domain/change.ts';
import type { EntityKind } from '../../../../../shared/domain/entities.ts';

let tables: Tables;
let index: ChangeIndex;
const hour = 3_600_000;

function put(kind: EntityKind, id: string, values: RecordValues): void {
  const table = tables.of(kind);
  const row = table.put({ id, values, createdAt: 0, updatedAt: 0, ownSeq: 0, conflict: false, deleted: false });
  if (kind === 'change') table.derive(row, { phase: String(values['state']) });
}

beforeEach(() => {
  tables = new Tables();
  index = new ChangeIndex({ tables, impact: new ImpactIndex(tables, () => 0), settings: new Map(), now: () => 0 });
  put('asset', 'db', { name: 'DB1', status: 'production', criticality: 'high' });
  put('change', 'mine', {
    title: 'Disk',
    state: 'scheduled',
    asset: 'db',
    assignee: 'me',
    plannedStart: hour,
    plannedEnd: 3 * hour,
  });
});

describe('the worker’s schedule', () => {
  it('CNF-1: a change that comes with an exchange collides at once, and both owners are told', async () => {
    expect(await index.ownConflicts({ type: 'change-conflicts', owner: 'me' })).toEqual([]);
    put('change', 'theirs', {
      title: 'Patch',
      state: 'scheduled',
      affected: 'x db',
      assignee: 'you',
      plannedStart: 2 * hour,
      plannedEnd: 4 * hour,
    });
    for (const [owner, id, other] of [
      ['me', 'mine', 'theirs'],
      ['you', 'theirs', 'mine'],
    ])
      expect(await index.ownConflicts({ type: 'change-conflicts', owner: owner ?? '' })).toMatchObject([
        { id, conflicts: [{ kind: 'same-item', other, about: 'DB1' }] },
      ]);
    put('change', 'theirs', {
      title: 'Patch',
      state: 'canceled',
      affected: 'db',
      plannedStart: 2 * hour,
      plannedEnd: 4 * hour,
    });
    expect(await index.ownConflicts({ type: 'change-conflicts', owner: 'me' })).toEqual([]);
  });

  it('a blackout that is written elsewhere counts when it arrives; the move that is tried does not', async () => {
    put('blackout', 'b', {
      name: 'Year end',
      timeZone: 'UTC',
      startsAt: '1970-01-01T02:00',
      endsAt: '1970-01-01T05:00',
      covers: '',
    });
    const view = await index.change({ type: 'change', id: 'mine' });
    expect(view?.conflicts).toMatchObject([{ kind: 'blackout', title: 'Year end' }]);
    expect(await index.slot({ type: 'change-slot', id: 'mine', from: 5 * hour, to: 7 * hour })).toEqual([]);
    const [first] = await index.freeSlots({ type: 'free-slots', id: 'mine', from: hour });
    expect(first).toEqual({ from: 5 * hour, to: 7 * hour });
    expect((await index.schedule({ type: 'change-schedule', from: 0, to: 24 * hour })).windows).toHaveLength(1);
  });

  it('tells risk from what the configuration item is, and counts the incidents it caused', async () => {
    put('ticket', 't', { type: 'incident', state: 'new', causedBy: 'mine' });
    const view = await index.change({ type: 'change', id: 'mine' });
    expect(view).toMatchObject({ causedIncidents: 1, risk: { risk: 'high' } });
  });
});
