import { composeOperation, type FieldEdits } from '../../shared/sync/compose.ts';
import { tick } from '../../shared/sync/hybrid-clock.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import type { Dot, FieldValue, Write } from '../../shared/sync/operation.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import type { Chance } from './chance.ts';
import { Crash, crashPoint } from './crash.ts';
import type { Device } from './device.ts';
import { appendJournal } from './disk.ts';
import type { Before } from './ledger.ts';
import { must } from './violation.ts';

/** What an operation is made of: edits, which replace all that is shown, or writes that say themselves what they replace. */
export type Draft = { readonly edits: readonly FieldEdits[] } | { readonly writes: readonly Write[] };

/** One user transaction: database and journal in either order, then "saved". */
export function author(device: Device, draft: Draft, command: string, chance: Chance, crashRate: number): void {
  const { device: id } = device.disk;
  const seq = device.replica.log.lastSeq(id) + 1;
  const at = tick(device.clock, device.wallMs);
  const frame = {
    device: id,
    seq,
    at,
    clockOffset: chance.happens(0.5) ? Math.round(-device.skew) : null,
    user: device.name,
    schemaVersion: device.reader.schemaVersion,
    previousHash: device.replica.log.hashOf(`${id}:${seq - 1}`) ?? '',
    command,
  };
  const { records } = device.replica;
  const operation =
    'writes' in draft ? { ...frame, ...draft } : composeOperation(frame, draft.edits, (key) => records.get(key));
  const before: Before = new Map(
    operation.writes.map((write) => [recordKey(write), firstValues(records.get(recordKey(write)))]),
  );
  const line = device.codec.encode(operation);
  const made = device.codec.line(line);
  must(made !== null, 'I2', () => `${device.name}: own operation does not parse: ${line}`);
  if (made === null) return;
  const intoDatabase = (): void => {
    device.disk = { ...device.disk, entries: [...device.disk.entries, { type: 'operation', operation: made }] };
  };
  const intoJournal = (): void => {
    if (chance.happens(crashRate)) {
      device.disk = appendJournal(device.disk, line.slice(0, chance.below(line.length)));
      throw new Crash();
    }
    device.disk = appendJournal(device.disk, line);
  };
  crashPoint(chance, crashRate);
  const steps = chance.happens(0.5) ? [intoDatabase, intoJournal] : [intoJournal, intoDatabase];
  let number = -1;
  for (const step of steps) {
    step();
    if (number < 0) number = device.ledger.record(device.name, made, before, (dot) => numberAt(device, dot));
    crashPoint(chance, crashRate);
  }
  const authored = device.ledger.authored[number];
  if (authored !== undefined) authored.acked = true;
  device.clock = at;
  const outcome = device.replica.receive({ type: 'operation', operation: made });
  must(outcome === 'applied', 'I2', () => `${device.name}: own operation ${id}:${seq} was ${outcome}`);
  device.ledger.note(() => `${device.name} makes #${number} ${id}:${seq} ${JSON.stringify(made.writes)}`);
}

/** Of each field the head shown. */
export function firstValues(state: RecordState | undefined): Record<string, FieldValue> | undefined {
  if (state === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(state.fields).flatMap(
      ([
        field,
        {
          heads: [head],
        },
      ]) => (head === undefined ? [] : [[field, head.value]]),
    ),
  );
}

function numberAt(device: Device, dot: Dot): number | undefined {
  const entry = device.replica.log.entryAt(dot);
  return entry === undefined ? undefined : device.ledger.numberOf(entry);
}
