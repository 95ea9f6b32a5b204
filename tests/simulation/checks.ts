import { digestRecords, stateText } from '../../shared/sync/digest.ts';
import type { Entry } from '../../shared/sync/entry.ts';
import { dotOfEntry } from '../../shared/sync/entry.ts';
import { pruneGone, recordKey } from '../../shared/sync/fold.ts';
import { canonicalJson } from '../../shared/sync/canonical-json.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import type { Replica } from '../../shared/sync/replica.ts';
import { deletedField, deletionOf } from '../../shared/sync/shown.ts';
import { seqOf } from '../../shared/sync/version-vector.ts';
import type { Device } from './device.ts';
import { Endpoint } from './endpoint.ts';
import { must, Violation } from './violation.ts';
import type { World } from './world.ts';

/** Everything that must hold when all has been exchanged. */
export function checkQuiescent(world: World): void {
  const whole = world.devices.filter((device) => device.disk.scope === null);
  const tainted = world.ledger.taintedFields();
  world.ledger.count('tainted', tainted.size);
  const replicas = whole.map((device) => ({ name: device.name, replica: device.replica }));
  if (world.plan.transports.some((transport) => transport !== 'folder'))
    replicas.push({ name: Endpoint.site, replica: world.endpoint.replica });
  const [first] = replicas;
  if (first === undefined) return;
  checkConvergence(replicas);
  for (const { name, replica } of replicas) {
    checkNothingLost(world, name, replica);
    checkNothingAwaited(name, replica, tainted);
  }
  const heads = checkHeads(first.name, first.replica.settledRecords(), world.ledger.oracle.heads(), tainted);
  world.ledger.count('conflicts', heads);
  checkDeletions(world, first.replica.settledRecords(), tainted);
  checkOneContentPerDot(replicas.map(({ replica }) => replica));
  checkScopes(world);
  checkRefused(world);
}

/** While faults go on: a device that has, with each operation, what its author had seen, shows what the oracle says. */
export function checkMidRun(world: World, device: Device): void {
  const { oracle } = world.ledger;
  const { rates } = world.plan;
  if (device.disk.scope !== null || rates.refusal > 0 || hasForks(world)) return;
  const held = Object.values(device.replica.held).reduce((sum, seq) => sum + seq, 0);
  const known = oracle.held(device.name).size;
  must(held === known, 'I6', () => `${device.name} counts ${held} operations, ${known} reached it`);
  if (!oracle.isClosed(device.name)) return;
  world.ledger.count('midRunChecks');
  checkHeads(device.name, device.replica.settledRecords(), oracle.heads(device.name), new Set());
}

/** I6: everything before the cursor is held, or the cursor is known not to fit the endpoint any more. */
export function checkCursor(world: World, device: Device): void {
  const { cursor } = device.disk;
  const { endpoint } = world;
  const forks = hasForks(world);
  if (forks || endpoint.restores > 0 || cursor.position > endpoint.log.length) return;
  for (const entry of endpoint.log.slice(0, cursor.position)) {
    must(
      device.replica.log.lastSeq(deviceOf(entry)) >= seqIn(entry),
      'I6',
      () => `${device.name} is at ${cursor.position} but lacks ${dotOfEntry(entry)}`,
    );
  }
}

function checkConvergence(replicas: readonly { readonly name: string; readonly replica: Replica }[]): void {
  const [first, ...others] = replicas;
  if (first === undefined) return;
  const held = canonicalJson(first.replica.held);
  const digest = digestRecords(first.replica.settledRecords());
  for (const { name, replica } of others) {
    must(
      canonicalJson(replica.held) === held,
      'I1',
      () => `${first.name} holds ${held}, ${name} ${canonicalJson(replica.held)}`,
    );
    must(
      digestRecords(replica.settledRecords()) === digest,
      'I1',
      () => `${first.name} and ${name} differ:\n${difference(first.replica, replica)}`,
    );
    must(
      replica.quarantined.length === 0,
      'I14',
      () => `${name} still keeps ${replica.quarantined.length} operations in quarantine after the upgrade`,
    );
  }
}

/** I2: all surviving operations are counted, none is held that nobody made (I9: a remote operation causes no other). */
function checkNothingLost(world: World, name: string, replica: Replica): void {
  const { oracle, authored } = world.ledger;
  const surviving = authored.filter((_, number) => !oracle.isLost(number)).length;
  const base = Object.values(replica.base.held).reduce((sum, seq) => sum + seq, 0);
  const numbers = new Set<number>();
  let count = base;
  for (const entry of replica.log.entries()) {
    const number = world.ledger.numberOf(entry);
    must(number >= 0 && number < authored.length, 'I9', () => `${name} holds ${dotOfEntry(entry)}, that nobody made`);
    numbers.add(number);
    count += 1;
  }
  must(base > 0 || numbers.size === count, 'I9', () => `${name} holds an operation twice`);
  must(
    count === surviving,
    'I2',
    () => `${name} holds ${count} of ${surviving} operations; missing ${missing(world, numbers)}`,
  );
}

function missing(world: World, held: ReadonlySet<number>): string {
  const { oracle, authored } = world.ledger;
  return authored
    .flatMap((each, number) =>
      oracle.isLost(number) || held.has(number) ? [] : [`#${number} ${each.operation.device}:${each.operation.seq}`],
    )
    .slice(0, 5)
    .join(', ');
}

function checkNothingAwaited(name: string, replica: Replica, tainted: ReadonlySet<string>): void {
  for (const record of replica.settledRecords()) {
    for (const [field, register] of Object.entries(record.fields)) {
      const key = `${record.entity}/${record.id} ${field}`;
      if (register.gone !== undefined && !tainted.has(key))
        throw new Violation('I4', `${name} still awaits ${register.gone.join(', ')} for ${key}`);
    }
  }
}

/** I3. Returns how many fields have several heads. */
function checkHeads(
  name: string,
  records: readonly RecordState[],
  expected: ReadonlyMap<string, readonly string[]>,
  tainted: ReadonlySet<string>,
): number {
  let conflicts = 0;
  const seen = new Set<string>();
  for (const record of records) {
    for (const [field, register] of Object.entries(record.fields)) {
      const key = `${record.entity}/${record.id} ${field}`;
      seen.add(key);
      if (register.heads.length > 1) conflicts += 1;
      if (tainted.has(key)) continue;
      const actual = register.heads
        .map((head) => JSON.stringify(head.value))
        .sort()
        .join(' ');
      const wanted = (expected.get(key) ?? []).join(' ');
      must(actual === wanted, 'I3', () => `${name} shows ${actual} for ${key}, the oracle says ${wanted}`);
    }
  }
  for (const key of expected.keys())
    must(seen.has(key) || tainted.has(key), 'I3', () => `${name} shows nothing for ${key}`);
  return conflicts;
}

/**
 * A record is hidden as deleted only where every value left was seen by who deleted it (I2), and then it is. Where an
 * id stood for two devices, a deletion cannot say which of them it saw; a value that comes back by a refusal counts as
 * not seen, and so does an edit between a deletion and the undo that brings that deletion back.
 */
function checkDeletions(world: World, records: Iterable<RecordState>, tainted: ReadonlySet<string>): void {
  if (hasForks(world)) return;
  const deleted = world.ledger.oracle.deletedRecords(deletedField);
  for (const record of records) {
    const key = recordKey(record);
    if ([...tainted].some((field) => field.startsWith(`${key} `))) continue;
    const hidden = deletionOf(record) === 'deleted';
    must(!hidden || deleted.has(key), 'I2', () => `${key} is hidden, though who deleted it had not seen all of it`);
    const exact = world.plan.rates.refusal === 0 && !deletedAgainByUndo(world, key);
    must(hidden || !exact || !deleted.has(key), 'I3', () => `${key} shows, though who deleted it had seen all of it`);
    if (hidden) world.ledger.count('deletions');
  }
}

function deletedAgainByUndo(world: World, key: string): boolean {
  return world.ledger.authored.some(
    ({ operation: { command, writes } }) =>
      command.startsWith('undo.') &&
      writes.some((write) => recordKey(write) === key && (write.fields[deletedField] ?? null) !== null),
  );
}

/** I8: a dot has one content, whoever is asked. */
function checkOneContentPerDot(replicas: readonly Replica[]): void {
  const hashes = new Map<string, string>();
  for (const replica of replicas) {
    for (const entry of replica.log.entries()) {
      const dot = dotOfEntry(entry);
      const hash = replica.log.hashOf(dot) ?? '';
      const known = hashes.get(dot) ?? hash;
      must(known === hash, 'I8', () => `${dot} names two contents`);
      hashes.set(dot, hash);
    }
  }
}

/** I12: a filtered device has of each record in its scope exactly what the endpoint has. */
function checkScopes(world: World): void {
  const { replica } = world.endpoint;
  for (const device of world.devices) {
    for (const key of device.disk.scope ?? []) {
      const own = device.replica.records.get(key);
      const theirs = replica.records.get(key);
      const ownText = own === undefined ? '' : stateText([pruneGone(own, device.replica.holds)]);
      const theirText = theirs === undefined ? '' : stateText([pruneGone(theirs, replica.holds)]);
      must(ownText === theirText, 'I12', () => `${device.name} has ${ownText}\nthe endpoint has ${theirText}`);
    }
    const { held } = device.replica;
    if (device.disk.scope === null) continue;
    for (const [id, seq] of Object.entries(replica.held))
      must(seqOf(held, id) === seq, 'I12', () => `${device.name} counts ${id}:${seqOf(held, id)}, the endpoint ${seq}`);
  }
}

/** I13: a refused operation shows nowhere, and its author still has it. */
function checkRefused(world: World): void {
  const { oracle, authored } = world.ledger;
  for (const [number, { operation, device: author, acked }] of authored.entries()) {
    if (!oracle.isRefused(number) || oracle.isLost(number)) continue;
    for (const device of world.devices) {
      const entry = device.replica.log.entryAt(`${operation.device}:${operation.seq}`);
      must(entry?.type !== 'operation', 'I13', () => `${device.name} still applies refused #${number}`);
      const kept = device.replica.refused.some(
        (each) => each.device === operation.device && each.seq === operation.seq,
      );
      must(device.name !== author || !acked || kept, 'I13', () => `${author} no longer has its refused #${number}`);
    }
  }
}

function difference(left: Replica, right: Replica): string {
  const lines = new Set(stateText(right.settledRecords()).split('\n'));
  const own = stateText(left.settledRecords()).split('\n');
  const only = own.filter((line) => !lines.has(line));
  const others = [...lines].filter((line) => !own.includes(line));
  return [...only.map((line) => `< ${line}`), ...others.map((line) => `> ${line}`)].slice(0, 6).join('\n');
}

/** Whether one device id may stand for two devices in this world. */
function hasForks({ plan: { rates } }: World): boolean {
  return rates.rollback > 0 || rates.clone > 0 || rates.twin > 0;
}

function deviceOf(entry: Entry): string {
  return entry.type === 'voiding' ? entry.voiding.device : entry.operation.device;
}
function seqIn(entry: Entry): number {
  return entry.type === 'voiding' ? entry.voiding.seq : entry.operation.seq;
}
