import { isDeviceId } from './device-id.ts';

/**
 * References people see and say (D1). Invariants (I10): a reference, once given, always finds its record; none is ever
 * given twice by one device or one authority; official numbers are added, never put in the place of a reference.
 */

/** `INC-K3V9-17`: prefix of the kind, tag of the device, count on the device. Unique with no coordination. */
export interface DeviceReference {
  readonly prefix: string;
  /** First characters of the device id: 4, or more where two devices of the space share the first 4. */
  readonly tag: string;
  readonly count: number;
}

const shortestTag = 4;
const pattern = /^([A-Z]{2,6})-([0-9A-HJKMNP-TV-Z]{4,10})-([1-9]\d{0,8})$/;

export function formatReference(reference: DeviceReference): string {
  return `${reference.prefix}-${reference.tag}-${reference.count}`;
}

/** Reads a reference as a person may type it: any case, spaces around. Undefined when it is none. */
export function parseReference(text: string): DeviceReference | undefined {
  const [, prefix, tag, count] = pattern.exec(text.trim().toUpperCase()) ?? [];
  return prefix === undefined || tag === undefined || count === undefined
    ? undefined
    : { prefix, tag, count: Number(count) };
}

/** Tag of a device: the shortest start of its id, 4 characters or more, that no other known device shares. */
export function deviceTag(device: string, others: Iterable<string> = []): string {
  if (!isDeviceId(device))
    throw new TypeError(`expected a device id of 10 characters of Crockford base32, got ${JSON.stringify(device)}`);
  const rivals = [...others].filter((other) => other !== device);
  let length = shortestTag;
  while (length < device.length && rivals.some((other) => other.startsWith(device.slice(0, length)))) length += 1;
  return device.slice(0, length);
}

/** An official number as one authority gave it. */
export interface NumberGrant {
  readonly record: string;
  readonly number: string;
  /** Order of authorities: the epoch that began first comes first. */
  readonly epoch: number;
  /** Order within the epoch (position in the authority's log). */
  readonly position: number;
}

/** How a record is known: `number` is shown, `aliases` are found for ever. */
export interface Naming {
  readonly number: string | null;
  readonly aliases: readonly string[];
  /** Its number was given to another record too and now carries a suffix; a person should look. */
  readonly review: boolean;
}

/**
 * Names records from all grants known and their device references. Pure and independent of order. One record with two
 * numbers: the lower epoch's is shown, the other is an alias. One number for two records: the earlier grant keeps it,
 * the later is shown with the end of its record id as suffix (`INC0001234-9F3A`: the same whatever else arrives) and goes
 * to review; the bare number then finds both.
 */
export function nameRecords(
  grants: readonly NumberGrant[],
  references: ReadonlyMap<string, string>,
): ReadonlyMap<string, Naming> {
  const ordered = [...grants].sort(compareGrants);
  const holders = new Map<string, string[]>();
  const shown = new Map<string, { number: string; aliases: Set<string>; review: boolean }>();
  for (const { record, number } of ordered) {
    const sharing = holders.get(number) ?? [];
    if (!sharing.includes(record)) sharing.push(record);
    holders.set(number, sharing);
    const rank = sharing.indexOf(record);
    const label = rank === 0 ? number : `${number}-${record.slice(-4).toUpperCase()}`;
    const naming = shown.get(record);
    if (naming === undefined) shown.set(record, { number: label, aliases: new Set([number]), review: rank > 0 });
    else naming.aliases.add(number).add(label);
  }
  const names = new Map<string, Naming>();
  for (const record of new Set([...references.keys(), ...shown.keys()])) {
    const naming = shown.get(record);
    const aliases = new Set(naming?.aliases);
    const reference = references.get(record);
    if (reference !== undefined) aliases.add(reference);
    if (naming !== undefined) aliases.delete(naming.number);
    names.set(record, {
      number: naming?.number ?? null,
      aliases: [...aliases].sort(),
      review: naming?.review ?? false,
    });
  }
  return names;
}

/** Records that a person may mean by what was typed: number, label with suffix or device reference, in any case. */
export function findByName(names: ReadonlyMap<string, Naming>, typed: string): readonly string[] {
  const wanted = typed.trim().toUpperCase();
  return [...names]
    .filter(([, naming]) => [naming.number, ...naming.aliases].some((name) => name?.toUpperCase() === wanted))
    .map(([record]) => record)
    .sort();
}

function compareGrants(left: NumberGrant, right: NumberGrant): number {
  if (left.epoch !== right.epoch) return left.epoch - right.epoch;
  if (left.position !== right.position) return left.position - right.position;
  if (left.number !== right.number) return left.number < right.number ? -1 : 1;
  return left.record < right.record ? -1 : Number(left.record > right.record);
}
