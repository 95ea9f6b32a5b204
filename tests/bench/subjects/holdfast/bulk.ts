import type { Intent } from '../../../../renderer/data/engine/build-operation.ts';
import { deriveRow } from '../../../../renderer/data/engine/derive-row.ts';
import { saveColumns } from '../../../../renderer/data/engine/maintenance.ts';
import type { Space } from '../../../../renderer/data/engine/space.ts';
import { putRows } from '../../../../renderer/data/storage/raw-rows.ts';
import { makeDataSet, recordsPerTicket } from '../../data/tickets.ts';
import type { DataSet } from '../../data/tickets.ts';
import type { LoadResult } from '../subject.ts';
import { bodyOf, intentsPerRecord, intentsPerTicket, organisationIntents } from './intents.ts';

/** `layout` writes merged bodies and columns only: no operations, hashes, log or journal, as the other contenders do. */
export type BulkMode = 'per-record' | 'per-ticket' | 'layout';

const intentsPerCommit = 2_048;

/** Makes the rows; the returned function writes them, and only its time counts. */
export async function prepareBulk(space: Space, tickets: number, mode: BulkMode): Promise<() => Promise<LoadResult>> {
  const data = makeDataSet(tickets);
  if (mode === 'layout') return () => timed(tickets, () => writeLayout(space, data));
  await writeIntents(space, organisationIntents());
  const intents = mode === 'per-record' ? intentsPerRecord(data) : intentsPerTicket(data);
  return () => timed(tickets, () => writeIntents(space, intents));
}

async function timed(tickets: number, write: () => Promise<void>): Promise<LoadResult> {
  const began = performance.now();
  await write();
  return { records: tickets * recordsPerTicket, ms: performance.now() - began };
}

async function writeIntents(space: Space, intents: readonly Intent[]): Promise<void> {
  for (let at = 0; at < intents.length; at += intentsPerCommit)
    await space.writeBulk(intents.slice(at, at + intentsPerCommit));
  await saveColumns(space);
}

async function writeLayout(space: Space, data: DataSet): Promise<void> {
  const { database, state } = space;
  const table = state.tables.of('ticket');
  const perTransaction = 2_048;
  for (let at = 0; at < data.tickets.length; at += perTransaction) {
    const count = Math.min(perTransaction, data.tickets.length - at);
    const bodies = Array.from({ length: count }, (_, index) => bodyOf(data, at + index, state.meta.device));
    for (const body of bodies) table.put(deriveRow(body));
    const { rows, layout, placed } = state.store.planSegments(bodies);
    await putRows(database, { segments: rows, layout: [layout] }, 'strict');
    placed();
  }
  await saveColumns(space);
}
