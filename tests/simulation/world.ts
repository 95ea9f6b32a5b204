import type { FieldEdits } from '../../shared/sync/compose.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import type { Reader } from '../../shared/sync/quarantine.ts';
import type { Snapshot } from '../../shared/sync/snapshot.ts';
import { seqOf } from '../../shared/sync/version-vector.ts';
import { Chance } from './chance.ts';
import { Codec } from './codec.ts';
import { Crash, Device } from './device.ts';
import { emptyDisk, type Disk } from './disk.ts';
import { Endpoint } from './endpoint.ts';
import { exchangeWithEndpoint, exchangeWithFolder } from './exchange-steps.ts';
import { Folder } from './folder.ts';
import { Ledger } from './ledger.ts';
import type { Known } from './oracle.ts';
import type { FaultName, Transport, WorldPlan } from './plan.ts';

const day = 86_400_000;
const fieldNames = ['title', 'state', 'assignee', 'tags/vip', 'description'] as const;

export const oldReader: Reader = {
  schemaVersion: 1,
  knowsKind: (kind) => kind === 'ticket' || kind === 'ticket-entry',
};
/** Reads everything; writes the newer schema. */
export const newReader: Reader = {
  schemaVersion: 2,
  knowsKind: (kind) => kind === 'ticket' || kind === 'ticket-entry' || kind === 'problem',
};

interface PublishedSnapshot {
  readonly snapshot: Snapshot;
  readonly knowledge: Known;
  readonly cursor: Disk['cursor'];
}

/** One simulated world: devices, an endpoint and a folder in virtual time. Runs its plan, then heals. */
export class World {
  readonly plan: WorldPlan;
  /** The newer program of this world: in half of the worlds it has a new kind of record and the old schema version. */
  readonly newReader: Reader;
  readonly ledger: Ledger;
  readonly codec = new Codec();
  readonly folder: Folder;
  readonly endpoint: Endpoint;
  readonly devices: Device[] = [];
  /** Faults still happen; off while healing. */
  faulty = true;
  now = 1.7e12;
  readonly inFlight: { readonly due: number; readonly arrive: () => void }[] = [];
  readonly #images = new Map<string, Disk>();
  readonly #parted = new Set<string>();
  readonly #snapshots: PublishedSnapshot[] = [];

  constructor(plan: WorldPlan, tracing = false) {
    this.plan = plan;
    this.newReader = plan.seed % 2 === 0 ? newReader : { ...newReader, schemaVersion: 1 };
    this.ledger = new Ledger(plan.seed, tracing);
    this.folder = new Folder(this.codec);
    const chance = new Chance(plan.seed, 1);
    const refuses = new Set(
      Array.from({ length: 300 }, (_, number) => number).filter(() => chance.happens(plan.rates.refusal)),
    );
    const mixed = plan.rates.schemaMix > 0;
    this.endpoint = new Endpoint(this.ledger, mixed && chance.happens(0.5) ? oldReader : this.newReader, (operation) =>
      refuses.has(Number(operation.command.slice(operation.command.lastIndexOf('.') + 1))),
    );
    for (const transport of plan.transports) this.#openDevice(transport, chance);
  }

  rate(fault: FaultName): number {
    return this.faulty ? this.plan.rates[fault] : 0;
  }

  happens(fault: FaultName, chance: Chance): boolean {
    if (!chance.happens(this.rate(fault))) return false;
    this.ledger.count(fault);
    return true;
  }

  get keys(): readonly string[] {
    return [
      ...Array.from({ length: this.plan.records }, (_, index) => `ticket/t${index}`),
      ...(this.plan.rates.schemaMix > 0 ? ['problem/p0'] : []),
    ];
  }

  runSteps(check: (device: Device) => void): void {
    for (const step of this.plan.steps) {
      const chance = new Chance(this.plan.seed, 3, step);
      const device = this.#step(chance);
      if (chance.happens(0.25)) check(device);
    }
  }

  #step(chance: Chance): Device {
    this.now += chance.below(3_600_000);
    for (let index = this.inFlight.length - 1; index >= 0; index -= 1) {
      const message = this.inFlight[index];
      if (message === undefined || message.due > this.now) continue;
      this.inFlight.splice(index, 1);
      message.arrive();
    }
    const device = chance.pick(this.devices);
    if (this.rate('rollback') > 0 && chance.happens(0.15)) this.#images.set(device.name, device.disk);
    this.guard(device, chance, () => {
      const kind = chance.next();
      if (kind < 0.4) this.#edit(device, chance);
      else if (kind < 0.58) exchangeWithEndpoint(this, device, chance);
      else if (kind < 0.76) exchangeWithFolder(this, device, chance);
      else this.#misfortune(device, chance);
    });
    return device;
  }

  /** Runs one device's step; a crash inside makes it start again from its disk. */
  guard(device: Device, chance: Chance, step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.ledger.count('crash');
      this.ledger.note(() => `${device.name} crashes and starts again`);
      device.restart(chance);
    }
  }

  #edit(device: Device, chance: Chance): void {
    const number = this.ledger.authored.length;
    const keys = this.keys.filter((key) => {
      const [entity = '', id = ''] = key.split('/');
      return device.reader.knowsKind(entity) && device.inScope({ entity, id });
    });
    if (keys.length === 0) return;
    const edits: FieldEdits[] = [];
    for (let count = chance.happens(0.25) ? 2 : 1; count > 0; count -= 1) {
      const [entity = '', id = ''] = chance.pick(keys).split('/');
      const fields = Array.from(
        { length: chance.happens(0.3) ? 2 : 1 },
        () => [chance.pick(fieldNames), `v${number}.${count}`] as const,
      );
      edits.push({ entity, id, fields: Object.fromEntries(fields) });
    }
    if (chance.happens(0.1))
      edits.push({ entity: 'ticket-entry', id: `c${number}`, fields: { body: `comment ${number}` } });
    const visible = edits.filter((edit) => edit.entity !== 'ticket-entry' || device.disk.scope === null);
    device.author(visible, `edit.${number}`, chance, this.rate('crash'));
  }

  #misfortune(device: Device, chance: Chance): void {
    const { rates } = this.plan;
    const choices: readonly (readonly [number, () => void])[] = [
      [rates.restart, () => this.happens('restart', chance) && device.restart(chance)],
      [rates.clockJump, () => this.#jumpClock(device, chance)],
      [rates.newEpoch + rates.sameEpoch, () => this.endpoint.backUp()],
      [rates.newEpoch, () => this.happens('newEpoch', chance) && this.endpoint.restore('new')],
      [rates.sameEpoch, () => this.happens('sameEpoch', chance) && this.endpoint.restore('same')],
      [rates.missing + rates.copied + rates.torn, () => this.#damageFolder(chance)],
      [rates.wipe, () => this.#wipe(device, chance)],
      [rates.rollback, () => this.#rollBack(device, chance)],
      [rates.clone, () => this.#clone(device, chance)],
      [rates.join + rates.catchUp, () => this.#publish(device, chance)],
      [rates.join + rates.catchUp, () => this.#join(device, chance)],
      [rates.scope, () => this.#changeScope(device, chance)],
      [rates.schemaMix, () => this.#upgrade(device, chance)],
    ];
    const possible = choices.filter(([rate]) => rate > 0);
    if (possible.length === 0) return;
    const [, happen] = chance.pick(possible);
    happen();
  }

  #jumpClock(device: Device, chance: Chance): void {
    if (this.happens('clockJump', chance)) device.skew = (chance.next() * 2 - 1) * 30 * day;
  }

  #wipe(device: Device, chance: Chance): void {
    if (!this.happens('wipe', chance)) return;
    this.ledger.note(() => `the database of ${device.name} is wiped`);
    device.wipe();
    device.restart(chance);
  }

  #upgrade(device: Device, chance: Chance): void {
    if (!this.happens('schemaMix', chance)) return;
    if (chance.happens(0.3)) this.endpoint.upgrade(this.newReader);
    else device.upgrade(this.newReader);
  }

  #damageFolder(chance: Chance): void {
    const { names } = this.folder;
    if (names.length === 0) return;
    const name = chance.pick(names);
    if (this.happens('missing', chance)) this.folder.remove(name);
    if (this.happens('copied', chance)) this.folder.copy(name);
    if (!this.happens('torn', chance)) return;
    if (chance.happens(0.5)) this.folder.cut(name, chance);
    else this.folder.flipBit(name, chance);
  }

  #rollBack(device: Device, chance: Chance): void {
    const image = this.#images.get(device.name);
    if (image === undefined || !this.#mayPart(image, device.disk) || !this.happens('rollback', chance)) return;
    this.ledger.note(() => `${device.name} is rolled back`);
    for (const authored of this.ledger.authored) if (authored.device === device.name) authored.diskRolledBack = true;
    device.disk = image;
    device.restart(chance);
  }

  #clone(device: Device, chance: Chance): void {
    if (this.devices.length >= 8 || !this.#mayPart(device.disk) || !this.happens('clone', chance)) return;
    this.ledger.note(() => `${device.name} is cloned`);
    this.devices.push(this.#newDevice(device.transport, device.disk, device.reader));
  }

  /** The chains of one id part at most once: how an id that parts twice is read is not settled by the core. */
  #mayPart(...disks: readonly Disk[]): boolean {
    const ids = disks.flatMap(({ device, journal }) => [device, ...Object.keys(journal)]);
    if (ids.some((id) => this.#parted.has(id))) return false;
    for (const id of ids) this.#parted.add(id);
    return true;
  }

  /** What is published is settled: held by the endpoint, or, where nobody refuses, held at all. */
  #publish(device: Device, chance: Chance): void {
    if (this.plan.rates.join === 0 && this.plan.rates.catchUp === 0) return;
    const byEndpoint = this.endpoint.log.length > 0 && chance.happens(0.4);
    if (!byEndpoint && device.disk.scope !== null) return;
    const { replica } = byEndpoint ? this.endpoint : device;
    const site = byEndpoint ? Endpoint.site : device.name;
    const { held } = replica;
    const settled = byEndpoint || this.plan.rates.refusal === 0 ? held : device.disk.settled;
    const cut = Object.fromEntries(
      Object.entries(held).map(([id, seq]) => [
        id,
        Math.min(seq, seqOf(settled, id), !byEndpoint && chance.happens(0.3) ? chance.below(seq + 1) : seq),
      ]),
    );
    for (const [id, seq] of Object.entries(replica.base.held)) cut[id] = Math.max(seq, cut[id] ?? 0);
    const hello = this.endpoint.hello();
    const snapshot = this.codec.snapshot(replica.takeSnapshot(cut));
    const lets = (number: number): boolean => {
      const operation = this.ledger.authored[number]?.operation;
      return operation !== undefined && operation.seq <= seqOf(cut, operation.device);
    };
    const knowledge = this.ledger.oracle.restrict(this.ledger.oracle.knowledge(site), lets);
    this.ledger.count('snapshots');
    this.#snapshots.push({
      snapshot,
      knowledge,
      cursor: byEndpoint ? { epoch: hello.epoch, position: hello.head } : emptyDisk('', null).cursor,
    });
  }

  #join(device: Device, chance: Chance): void {
    if (this.#snapshots.length === 0) return;
    const { snapshot, knowledge, cursor } = chance.pick(this.#snapshots);
    if (this.devices.length < 8 && this.happens('join', chance)) {
      const joiner = this.#newDevice(
        chance.pick(this.plan.transports),
        emptyDisk(this.ledger.mintDevice(), null),
        chance.pick([this.newReader, device.reader]),
      );
      this.devices.push(joiner);
      this.guard(joiner, chance, () => joiner.joinSnapshot(snapshot, knowledge, cursor, chance, this.rate('crash')));
    } else if (device.disk.scope === null && this.happens('catchUp', chance)) {
      this.guard(device, chance, () => device.joinSnapshot(snapshot, knowledge, cursor, chance, this.rate('crash')));
    }
  }

  #changeScope(device: Device, chance: Chance): void {
    const { scope } = device.disk;
    if (scope === null || !this.happens('scope', chance)) return;
    const key = chance.pick(this.keys);
    this.ledger.note(() => `${device.name} changes its scope by ${key}`);
    if (!scope.has(key)) device.enterScope(key, this.endpoint);
    else if (this.#isSynced(device, key)) device.leaveScope(key);
  }

  /** A client keeps a record while it has unsynced operations on it. */
  #isSynced(device: Device, key: string): boolean {
    return device
      .planPush(this.endpoint.hello())
      .every((entry) => entry.type === 'voiding' || entry.operation.writes.every((write) => recordKey(write) !== key));
  }

  #openDevice(transport: Transport, chance: Chance): void {
    const filtered = transport === 'endpoint' && this.plan.rates.scope > 0 && chance.happens(0.5);
    const scope = filtered ? new Set(this.keys.filter(() => chance.happens(0.5))) : null;
    const reader = this.plan.rates.schemaMix > 0 && chance.happens(0.6) ? oldReader : this.newReader;
    const device = this.#newDevice(transport, emptyDisk(this.ledger.mintDevice(), scope), reader);
    if (chance.happens(0.7)) device.skew = (chance.next() * 2 - 1) * 30 * day;
    this.devices.push(device);
  }

  #newDevice(transport: Transport, disk: Disk, reader: Reader): Device {
    return new Device(`device-${this.devices.length + 1}`, transport, disk, reader, this.ledger, this.codec, {
      now: () => this.now,
    });
  }
}
