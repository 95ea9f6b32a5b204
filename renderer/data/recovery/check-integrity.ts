import { linkOfEntry } from '../../../shared/sync/entry.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import type { DesktopPort } from '../desktop-port.ts';
import type { Space } from '../engine/space.ts';
import { deriveRow } from '../engine/derive-row.ts';
import { logRowEntries } from '../storage/operation-lines.ts';
import { readOwnOperations } from './read-journals.ts';

export interface Integrity {
  readonly checked: number;
  readonly problems: readonly string[];
}

const recordsPerRead = 500;
const problemsKept = 100;

/**
 * Reads everything there is: every log row and its hash chain, every body, whether the columns say the same as the
 * bodies, and whether the journal in use holds the same operations as the log. Changes nothing.
 */
export async function checkIntegrity(space: Space, name: string, port: DesktopPort): Promise<Integrity> {
  const problems: string[] = [];
  const note = (problem: string): void => {
    if (problems.length < problemsKept) problems.push(problem);
  };
  let checked = 0;
  const { device } = space.state.meta;
  const own = new Map<number, string>();
  const last = new Map<string, { readonly seq: number; readonly hash: string }>();
  await space.database.ops.orderBy('key').each((row) => {
    for (const entry of logRowEntries(row)) {
      const { device: of, seq, previousHash, hash } = linkOfEntry(entry);
      const before = last.get(of);
      if (before && seq !== before.seq + 1) note(`log row ${String(row.key)}: ${of}:${seq} follows ${before.seq}`);
      else if (before && previousHash !== before.hash)
        note(`log row ${String(row.key)}: the hash chain breaks at ${of}:${seq}`);
      last.set(of, { seq, hash });
      if (of === device) own.set(seq, hash);
      checked += 1;
    }
  });
  for await (const { lines, unreadable } of readOwnOperations(port, name, 0)) {
    if (unreadable > 0) note(`journal: ${unreadable} lines cannot be read`);
    for (const { operation } of lines) {
      if (own.get(operation.seq) !== hashOperation(operation))
        note(`journal: operation ${operation.seq} is not the one of the log`);
      own.delete(operation.seq);
      checked += 1;
    }
  }
  if (own.size > 0)
    note(`journal: it lacks ${own.size} operations of the log, first ${String(own.keys().next().value)}`);
  for (const table of space.state.tables.all()) {
    for (let from = 0; from < table.size; from += recordsPerRead) {
      const ids = Array.from({ length: Math.min(recordsPerRead, table.size - from) }, (_, index) =>
        table.idAt(from + index),
      );
      const bodies = await space.state.store.read(ids);
      ids.forEach((id, index) => {
        const body = bodies.get(id);
        if (!body) {
          note(`${table.kind} ${id} has a row and no body`);
          return;
        }
        const derived = deriveRow(body);
        const shown = table.valuesAt(from + index);
        const differs = Object.keys(table.definition.fields).some(
          (field) => table.columns.has(field) && (derived.values[field] ?? null) !== (shown[field] ?? null),
        );
        if (differs || derived.deleted !== table.isDeleted(from + index))
          note(`${table.kind} ${id}: its columns differ from its body`);
        checked += 1;
      });
    }
  }
  return { checked, problems };
}
