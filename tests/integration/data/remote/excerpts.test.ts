import { describe, expect, it } from 'vitest';
import { stateText } from '../../../../shared/sync/digest.ts';
import type { Entry } from '../../../../shared/sync/entry.ts';
import { sealOperation } from '../../../../shared/sync/operation-hash.ts';
import type { Operation, Write } from '../../../../shared/sync/operation.ts';
import { Replica } from '../../../../shared/sync/replica.ts';
import { voidOperation } from '../../../../shared/sync/voiding.ts';
import { ownReader } from '../../../../renderer/data/remote/reader.ts';
import { parseOperation } from '../../../../renderer/data/storage/operation-lines.ts';
import { createMemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { openService } from '../../../helpers/open-service.ts';
import { deskText, storeOf } from '../../../helpers/page-endpoint.ts';

let spaces = 0;
const frame = { clockOffset: null, user: 'p', schemaVersion: 1, seq: 1, previousHash: '', command: 'ticket.edit' };

function operationOf(device: string, counter: number, writes: readonly Write[]): Operation {
  return { ...frame, device, at: [1_760_000_000_000, counter], writes };
}

function excerptOf(operation: Operation, writes: readonly Write[]): Entry {
  return { type: 'excerpt', operation: { ...operation, writes }, hash: sealOperation(operation).hash };
}

function voidingOf(operation: Operation): Entry {
  return { type: 'voiding', voiding: voidOperation(operation, 'not-permitted', () => undefined) };
}

/** Gives each entry in a page of its own to a desk and to the core's replica. */
async function take(entries: readonly Entry[]) {
  const desktop = createMemoryDesktop();
  const { service } = await openService(desktop, `excerpts-${++spaces}`);
  const replica = new Replica(ownReader);
  for (const { text } of desktop.files.journal)
    replica.receive({ type: 'operation', operation: parseOperation(text, 'journal') });
  const outcomes: unknown[] = [];
  for (const [from, entry] of entries.entries()) {
    replica.receive(entry);
    const end = { epoch: 'e', from, to: from + 1, head: entries.length, held: {}, scope: '', attestations: [] };
    const pulled = { position: from + 1, receivedAt: 1, entry, seal: null };
    outcomes.push((await storeOf(service).takePage({ entries: [pulled], enter: [], leave: [], end })).counts);
  }
  return { outcomes, desk: await deskText(service), wanted: stateText(replica.settledRecords()) };
}

describe('an operation of which a desk has an excerpt', () => {
  it('comes out again when it is refused', async () => {
    const fields = { type: 'incident', title: 'Bad', state: 'new' };
    const writes = ['seen', 'hidden'].map((id) => ({ entity: 'ticket', id, fields, parents: {} }));
    const whole = operationOf('AAAAAAAAAA', 0, writes);
    const { outcomes, desk, wanted } = await take([excerptOf(whole, writes.slice(0, 1)), voidingOf(whole)]);
    expect(outcomes).toEqual([{ applied: 1 }, { voided: 1 }]);
    expect(desk).toBe(wanted);
  });

  it('of which only the place was told leaves no second value behind when it is refused', async () => {
    const title = (value: string, parents: Write['parents']): Write => ({
      entity: 'ticket',
      id: 'one',
      fields: { title: value },
      parents,
    });
    const made = operationOf('AAAAAAAAAA', 0, [title('Made', {})]);
    const refused = operationOf('BBBBBBBBBB', 1, [title('Refused', { title: ['AAAAAAAAAA:1'] })]);
    const after = operationOf('CCCCCCCCCC', 2, [title('After', { title: ['BBBBBBBBBB:1'] })]);
    const { outcomes, desk, wanted } = await take([
      { type: 'operation', operation: made },
      excerptOf(refused, []),
      { type: 'operation', operation: after },
      voidingOf(refused),
    ]);
    expect(outcomes.at(-1)).toEqual({ voided: 1 });
    expect(desk).toBe(wanted);
  });
});
