import { canonicalJson } from '../../shared/sync/canonical-json.ts';
import { digestRecords } from '../../shared/sync/digest.ts';
import { dotOfEntry, type Entry } from '../../shared/sync/entry.ts';
import { applyOperationWrite, recordKey } from '../../shared/sync/fold.ts';
import { hashOperation } from '../../shared/sync/operation-hash.ts';
import { dotOf, parseDot, type Dot, type Operation } from '../../shared/sync/operation.ts';
import type { RecordState, VersionVector } from '../../shared/sync/record-state.ts';
import { findByName, nameRecords } from '../../shared/sync/reference.ts';
import { Replica } from '../../shared/sync/replica.ts';
import { joinSnapshots, type Snapshot } from '../../shared/sync/snapshot.ts';
import { seqOf } from '../../shared/sync/version-vector.ts';
import { Chance } from './chance.ts';
import { randomSkew } from './plan.ts';
import { newReader, oldReader } from './readers.ts';
import { must } from './violation.ts';
import type { World } from './world.ts';

/** Properties of the core, on the data a world ended with: replicas that hold its whole log from the first entry. */
export function checkProperties(world: World): void {
  const chance = new Chance(world.plan.seed, 13);
  const whole = world.devices.filter(
    (device) => device.disk.scope === null && Object.keys(device.replica.base.held).length === 0,
  );
  if (whole.length > 0) {
    const { replica } = chance.pick(whole);
    const entries = [...replica.log.entries()];
    if (chance.happens(0.5)) checkOrders(replica, entries, chance);
    if (chance.happens(0.5)) checkSnapshots(replica, entries, chance);
    if (chance.happens(0.5)) checkUpgrade(replica, entries);
    if (chance.happens(0.5)) checkSkew(replica, entries, chance);
  }
  checkNumbers(world, chance);
  checkChains(world);
}

/** I1: any order that keeps each device's, with duplicates, gives the same; I5: folding twice gives what once gives. */
function checkOrders(replica: Replica, entries: readonly Entry[], chance: Chance): void {
  const again = new Replica(newReader);
  feed(again, interleave(entries, chance));
  const digest = digestRecords(replica.settledRecords());
  must(
    digestRecords(again.settledRecords()) === digest,
    'I1',
    () => 'another order of the same log gives another state',
  );
  for (const entry of entries)
    must(again.receive(entry) === 'duplicate', 'I5', () => `${dotOfEntry(entry)} is taken twice`);
  must(digestRecords(again.settledRecords()) === digest, 'I5', () => 'folding the log twice gives another state');
}

/** I5: at any two cuts, snapshot and tail give the whole, and so do two snapshots joined, either way round. */
function checkSnapshots(replica: Replica, entries: readonly Entry[], chance: Chance): void {
  const whole = canonicalJson(replica.takeSnapshot());
  const [left, right] = [randomCut(replica.held, chance), randomCut(replica.held, chance)];
  const leftSnapshot = replica.takeSnapshot(left);
  const rightSnapshot = replica.takeSnapshot(right);
  const standing = new Replica(newReader, leftSnapshot);
  feed(
    standing,
    interleave(
      entries.filter((entry) => !isAt(left, dotOfEntry(entry))),
      chance,
    ),
  );
  must(
    canonicalJson(standing.takeSnapshot()) === whole,
    'I5',
    () => `snapshot at ${canonicalJson(left)} and its tail differ from the whole log`,
  );
  const joined = [joinSnapshots(leftSnapshot, rightSnapshot), joinSnapshots(rightSnapshot, leftSnapshot)];
  const texts = joined.map((result) => (result.ok ? finish(result.value, entries) : 'refused'));
  const expected = joined.every((result) => result.ok) ? whole : 'refused';
  must(
    texts.every((text) => text === expected),
    'I5',
    () => `snapshots at ${canonicalJson(left)} and ${canonicalJson(right)} joined differ from the whole log`,
  );
}

function finish(snapshot: Snapshot, entries: readonly Entry[]): string {
  const replica = new Replica(newReader, snapshot);
  feed(
    replica,
    entries.filter((entry) => !isAt(snapshot.held, dotOfEntry(entry))),
  );
  return canonicalJson(replica.takeSnapshot());
}

/** I14: a replica of the old version that kept what it could not read is, once upgraded, as if it had always read it. */
function checkUpgrade(replica: Replica, entries: readonly Entry[]): void {
  const old = new Replica(oldReader);
  feed(old, entries);
  old.upgrade(newReader);
  must(
    digestRecords(old.settledRecords()) === digestRecords(replica.settledRecords()),
    'I14',
    () => 'upgrading gives another state than reading all at once',
  );
}

/** I11: clocks wrong by up to thirty days change the order of heads, never which there are. */
function checkSkew(replica: Replica, entries: readonly Entry[], chance: Chance): void {
  const skew = new Map<string, number>();
  const skewed = (operation: Operation): Operation => {
    const ms = skew.get(operation.device) ?? randomSkew(chance);
    skew.set(operation.device, ms);
    return { ...operation, at: [operation.at[0] + ms, operation.at[1]] };
  };
  const records = new Map<string, RecordState>();
  const applied = new Set<Dot>();
  for (const entry of interleave(entries, chance)) {
    if (entry.type !== 'operation') continue;
    for (const write of entry.operation.writes) {
      const key = recordKey(write);
      const holds = (dot: Dot): boolean => applied.has(dot);
      records.set(
        key,
        applyOperationWrite(records.get(key), skewed(entry.operation), write, holds, (dot) =>
          replica.voidings.get(dot),
        ),
      );
    }
    applied.add(dotOf(entry.operation));
  }
  must(headDots(records.values()) === headDots(replica.records.values()), 'I11', () => 'other clocks give other heads');
}

function headDots(records: Iterable<RecordState>): string {
  return [...records]
    .map(
      (record) =>
        `${recordKey(record)} ${canonicalJson(
          Object.entries(record.fields)
            .map(([field, register]) => [field, register.heads.map((head) => head.dot).sort()])
            .sort(),
        )}`,
    )
    .sort()
    .join('\n');
}

/** I10: every number ever given, and every reference, still finds its record; no number is shown for two. */
function checkNumbers(world: World, chance: Chance): void {
  const { grants } = world.endpoint;
  const records = [...new Set(grants.map((grant) => grant.record))];
  const references = new Map(records.map((record, index) => [record, `INC-K3V9-${index + 1}`]));
  const names = nameRecords(grants, references);
  for (const { record, number } of grants)
    must(findByName(names, number.toLowerCase()).includes(record), 'I10', () => `${number} no longer finds ${record}`);
  for (const [record, reference] of references)
    must(findByName(names, reference).join() === record, 'I10', () => `${reference} does not find ${record} alone`);
  const shown = [...names.values()].flatMap((naming) => naming.number ?? []);
  must(new Set(shown).size === shown.length, 'I10', () => `a number is shown for two records: ${shown.join(' ')}`);
  const again = nameRecords(chance.shuffle(grants), references);
  must(
    canonicalJson(Object.fromEntries(again)) === canonicalJson(Object.fromEntries(names)),
    'I10',
    () => 'names depend on the order in which numbers became known',
  );
}

/**
 * Nearest property to I15 (an approval holds only for the content it names): a hash does not depend on the order of
 * keys and changes with any content. Nearest to I16 (SLA times only move one way): a device's times never go back.
 */
function checkChains(world: World): void {
  const byHash = new Map(world.ledger.authored.map(({ operation }) => [hashOperation(operation), operation]));
  must(byHash.size === world.ledger.authored.length, 'I15', () => 'two operations have one hash');
  for (const operation of byHash.values()) {
    const before = byHash.get(operation.previousHash);
    if (before === undefined) continue;
    const later =
      operation.at[0] > before.at[0] || (operation.at[0] === before.at[0] && operation.at[1] > before.at[1]);
    must(later, 'I16', () => `${dotOf(operation)} is not later than ${dotOf(before)}`);
  }
  const [sample] = byHash.values();
  if (sample === undefined) return;
  const reordered = Object.fromEntries(Object.entries(sample).reverse()) as unknown as Operation;
  must(hashOperation(reordered) === hashOperation(sample), 'I15', () => 'the order of keys changes a hash');
}

function feed(replica: Replica, entries: readonly Entry[]): void {
  for (const entry of entries) {
    const outcome = replica.receive(entry);
    must(
      outcome !== 'gap' && outcome !== 'foreign-hash' && outcome !== 'needs-history',
      'I1',
      () => `${dotOfEntry(entry)} in sequence is refused as ${outcome}`,
    );
  }
}

/** Any order that keeps each device's own. */
function interleave(entries: readonly Entry[], chance: Chance): readonly Entry[] {
  const chains = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { device } = parseDot(dotOfEntry(entry));
    const chain = chains.get(device);
    if (chain === undefined) chains.set(device, [entry]);
    else chain.push(entry);
  }
  const mixed: Entry[] = [];
  const left = [...chains.values()].map((chain) => chain.values());
  while (left.length > 0) {
    const index = chance.below(left.length);
    const next = left[index]?.next();
    if (next === undefined || next.done === true) left.splice(index, 1);
    else mixed.push(next.value);
  }
  return mixed;
}

function randomCut(held: VersionVector, chance: Chance): VersionVector {
  return Object.fromEntries(
    Object.entries(held)
      .map(([device, seq]) => [device, chance.below(seq + 1)] as const)
      .filter(([, seq]) => seq > 0),
  );
}

function isAt(cut: VersionVector, dot: Dot): boolean {
  const { device, seq } = parseDot(dot);
  return seq <= seqOf(cut, device);
}
