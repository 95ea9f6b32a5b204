import { describe, expect, it } from 'vitest';
import { runUndoImport } from '../../../../renderer/data/exchange/undo-import-job.ts';
import { planImportUndo, type ImportedRecord, type ImportUndo } from '../../../../shared/exchange/undo-import.ts';

const created: ImportedRecord = { entity: 'ticket', id: 't1', created: true, fields: {}, inUse: false, deleted: false };

describe('undo of an import', () => {
  it('deletes what it made and restores what it changed', () => {
    const changed: ImportedRecord = {
      ...created,
      id: 't2',
      created: false,
      fields: {
        title: { before: 'old', changedSince: false },
        'tags/vip': { before: null, changedSince: false },
        queue: { before: null, changedSince: false },
      },
    };
    expect(planImportUndo([created, changed])).toEqual({
      deletions: [{ entity: 'ticket', id: 't1' }],
      keptRecords: 0,
      keptFields: 0,
      changes: [{ entity: 'ticket', id: 't2', fields: { title: 'old', 'tags/vip': false, queue: null } }],
    });
  });

  it('leaves what somebody has worked on since, and says how much', () => {
    const changed: ImportedRecord = {
      ...created,
      id: 't2',
      created: false,
      fields: { title: { before: 'old', changedSince: true } },
    };
    expect(planImportUndo([{ ...created, inUse: true }, changed])).toEqual({
      deletions: [],
      changes: [],
      keptRecords: 1,
      keptFields: 1,
    });
  });

  it('does nothing to what is deleted already, so that it can be run again', () => {
    expect(planImportUndo([{ ...created, deleted: true }])).toEqual({
      deletions: [],
      changes: [],
      keptRecords: 0,
      keptFields: 0,
    });
  });

  it('names the record of an entry in every write', () => {
    const root = { field: 'ticket', id: 't1' };
    const entry: ImportedRecord = { ...created, entity: 'ticket-entry', id: 'e1', root };
    expect(planImportUndo([entry]).deletions).toEqual([{ entity: 'ticket-entry', id: 'e1', root }]);
  });

  it('goes through all pages of an import, under one command', async () => {
    const done: { undo: ImportUndo; command: string }[] = [];
    const pages = [[created], [{ ...created, id: 't2' }], []];
    const outcome = await runUndoImport('one', false, {
      now: () => 0,
      progress: () => undefined,
      cancelled: () => false,
      imported: (_, cursor) =>
        Promise.resolve({
          records: pages[cursor ?? 0] ?? [],
          next: (cursor ?? 0) < 2 ? (cursor ?? 0) + 1 : null,
          total: 2,
        }),
      commitUndo: (undo, command) => {
        done.push({ undo, command });
        return Promise.resolve(0);
      },
    });
    expect(outcome).toEqual({
      deleted: 2,
      restored: 0,
      keptRecords: 0,
      keptFields: 0,
      cancelled: false,
      failure: null,
    });
    expect(done.map(({ command }) => command)).toEqual(['import:one:undo', 'import:one:undo']);
  });

  it('stops with the reason when nothing can be written', async () => {
    const outcome = await runUndoImport('one', false, {
      now: () => 0,
      progress: () => undefined,
      cancelled: () => false,
      imported: () => Promise.resolve({ records: [created], next: null, total: 1 }),
      commitUndo: () => Promise.reject(new Error('the disk is full')),
    });
    expect(outcome.failure).toEqual({ kind: 'write-failed', detail: 'the disk is full' });
  });
});
