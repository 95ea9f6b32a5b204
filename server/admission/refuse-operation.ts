import { defaultsCommand } from '../../shared/domain/service-level/default-policy.ts';
import { refuseWrite, type WriteRefusal } from '../../shared/domain/permit-write.ts';
import type { RecordValues } from '../../shared/domain/change.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { parseDot, type Operation, type Write } from '../../shared/sync/operation.ts';
import type { VoidCode } from '../../shared/sync/protocol.ts';
import type { Author } from './authors.ts';
import type { Batch } from './batch.ts';
import { refusePurged } from './purged-fields.ts';
import { ownerKey } from './shown-record.ts';
import { systemCommand } from './system-writes.ts';

export interface Refusal {
  readonly code: VoidCode;
  readonly write: Write;
  readonly field: string | null;
  readonly expected: string;
}

/** A device whose operation is named as replaced, but neither held nor vouched for: it could forestall a later one. */
export function firstUnknownParent(batch: Batch, operation: Operation): string | undefined {
  for (const { parents } of operation.writes)
    for (const dot of Object.values(parents).flat()) {
      const { device, seq } = parseDot(dot);
      // What the device itself made before comes before it in its chain, held or in the same losing branch.
      if (device === operation.device) continue;
      const chain = batch.mirror.chains.get(device);
      if (seq > Math.max(chain?.seq ?? 0, chain?.attested ?? 0)) return device;
    }
  return undefined;
}

/** Hard admission of an operation that its author vouches for (D7): null when it may be taken. */
export async function refuseOperation(
  batch: Batch,
  { actor, persons }: Author,
  operation: Operation,
): Promise<Refusal | null> {
  const [first] = operation.writes;
  const foreign = !persons.has(operation.user) && !actor.roles.includes('administrator');
  if (foreign && first !== undefined)
    return { code: 'not-your-user', write: first, field: null, expected: `user ${actor.person}` };
  // What the endpoint does has names of its own: readers act on them.
  if (systemCommand.test(operation.command) && first !== undefined)
    return { code: 'not-permitted', write: first, field: null, expected: 'a command of a desk' };
  // Each desk begins with the usual service levels: where there are some, they stand, and its own make no conflict.
  const [present] = operation.writes.filter((write) => batch.valuesOf(recordKey(write)) !== undefined);
  if (operation.command === defaultsCommand && present !== undefined)
    return { code: 'not-permitted', write: present, field: null, expected: 'defaults only where there are none' };
  // Whom the desk was before it was enrolled is the same person.
  const acting = { ...actor, person: persons.has(operation.user) ? operation.user : actor.person };
  for (const write of operation.writes) {
    const refusal: WriteRefusal | null = refuseWrite(acting, {
      entity: write.entity,
      id: write.id,
      fields: write.fields,
      before: batch.valuesOf(recordKey(write)),
      ticket: ticketOf(batch, operation, write),
      hasParents: Object.keys(write.parents).length > 0,
    });
    if (refusal) return { ...refusal, write };
  }
  return await refusePurged(batch, operation);
}

function ticketOf(batch: Batch, operation: Operation, write: Write): RecordValues | undefined {
  const key = ownerKey(write.entity, write.fields) ?? batch.mirror.records.get(recordKey(write))?.partOf ?? null;
  if (key === null) return undefined;
  const written = operation.writes.find((each) => recordKey(each) === key)?.fields;
  return { ...written, ...batch.valuesOf(key) };
}
