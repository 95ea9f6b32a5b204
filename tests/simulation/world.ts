import type { Reader } from '../../shared/sync/quarantine.ts';
import type { Snapshot } from '../../shared/sync/snapshot.ts';
import { Chance } from './chance.ts';
import { Codec } from './codec.ts';
import { Crash } from './crash.ts';
import { Device } from './device.ts';
import { emptyDisk, type Disk } from './disk.ts';
import { Endpoint, type SimulatedEndpoint } from './endpoint.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import { editRecords } from './edit-step.ts';
import { deleteRecord, undoOperation } from './undo-steps.ts';
import { exchangeWithEndpoint, exchangeWithFolder } from './exchange-steps.ts';
import { Folder } from './folder.ts';
import { Ledger } from './ledger.ts';
import { misfortune } from './misfortunes.ts';
import type { Known } from './oracle.ts';
import { randomSkew, type FaultName, type Transport, type WorldPlan } from './plan.ts';
import { newReader, oldReader } from './readers.ts';

interface PublishedSnapshot {
  readonly snapshot: Snapshot;
  readonly knowledge: Known;
  readonly cursor: Disk['cursor'];
}

export type OpenEndpoint = (
  ledger: Ledger,
  reader: Reader,
  refuses: (operation: Operation) => boolean,
) => SimulatedEndpoint;

const simulated: OpenEndpoint = (ledger, reader, refuses) => new Endpoint(ledger, reader, refuses);

/** One simulated world: devices, an endpoint and a folder in virtual time. Runs its plan, then heals. */
export class World {
  readonly plan: WorldPlan;
  /** The newer program of this world: in half of the worlds it has a new kind of record and the old schema version. */
  readonly newReader: Reader;
  readonly ledger: Ledger;
  readonly codec = new Codec();
  readonly folder: Folder;
  readonly endpoint: SimulatedEndpoint;
  readonly devices: Device[] = [];
  /** Faults still happen; off while healing. */
  faulty = true;
  now = 1.7e12;
  readonly inFlight: { readonly due: number; readonly arrive: () => void }[] = [];
  readonly images = new Map<string, Disk>();
  readonly parted = new Set<string>();
  readonly snapshots: PublishedSnapshot[] = [];

  constructor(plan: WorldPlan, tracing = false, openEndpoint: OpenEndpoint = simulated) {
    this.plan = plan;
    this.newReader = plan.seed % 2 === 0 ? newReader : { ...newReader, schemaVersion: 1 };
    this.ledger = new Ledger(plan.seed, tracing);
    this.folder = new Folder(this.codec);
    const chance = new Chance(plan.seed, 1);
    const refuses = new Set(
      Array.from({ length: 300 }, (_, number) => number).filter(() => chance.happens(plan.rates.refusal)),
    );
    const mixed = plan.rates.schemaMix > 0;
    this.endpoint = openEndpoint(this.ledger, mixed && chance.happens(0.5) ? oldReader : this.newReader, (operation) =>
      refuses.has(Number(operation.command.slice(operation.command.lastIndexOf('.') + 1))),
    );
    for (const transport of plan.transports) this.#openDevice(transport, chance);
    if (plan.rates.twin > 0) this.#openTwin();
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
      ...(this.plan.rates.schemaMix > 0 ? ['kind-of-tomorrow/p0'] : []),
    ];
  }

  runSteps(check: (device: Device) => void): void {
    for (const step of this.plan.steps) {
      const chance = new Chance(this.plan.seed, 3, step);
      const device = this.#step(step, chance);
      if (chance.happens(0.25)) check(device);
    }
  }

  #step(step: number, chance: Chance): Device {
    this.now += chance.below(3_600_000);
    for (let index = this.inFlight.length - 1; index >= 0; index -= 1) {
      const message = this.inFlight[index];
      if (message === undefined || message.due > this.now) continue;
      this.inFlight.splice(index, 1);
      message.arrive();
    }
    const device = chance.pick(this.devices);
    if (this.rate('rollback') > 0 && chance.happens(0.15)) this.images.set(device.name, device.disk);
    this.guard(device, chance, () => {
      const kind = chance.next();
      if (kind < 0.4) this.#edit(device, step, chance);
      else if (kind < 0.58) exchangeWithEndpoint(this, device, chance);
      else if (kind < 0.76) exchangeWithFolder(this, device, chance);
      else misfortune(this, device, chance);
    });
    return device;
  }

  /** Chance of its own, so that the world is the same where nobody undoes. */
  #edit(device: Device, step: number, chance: Chance): void {
    const own = new Chance(this.plan.seed, 19, step);
    if (!this.happens('undo', own)) editRecords(this, device, chance);
    else if (own.happens(0.6)) undoOperation(this, device, own);
    else deleteRecord(this, device, own);
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

  #openDevice(transport: Transport, chance: Chance): void {
    const filtered = transport === 'endpoint' && this.plan.rates.scope > 0 && chance.happens(0.5);
    const scope = filtered ? new Set(this.keys.filter(() => chance.happens(0.5))) : null;
    const reader = this.plan.rates.schemaMix > 0 && chance.happens(0.6) ? oldReader : this.newReader;
    const device = this.newDevice(transport, emptyDisk(this.ledger.mintDevice(), scope), reader);
    if (chance.happens(0.7)) device.skew = randomSkew(chance);
    this.devices.push(device);
  }

  /** A device set up from a copy of the first one's disk: both use its id from the first operation on. */
  #openTwin(): void {
    const [first] = this.devices;
    if (first === undefined) return;
    this.ledger.count('twin');
    this.parted.add(first.disk.device);
    this.devices.push(this.newDevice(first.transport, first.disk, first.reader));
  }

  newDevice(transport: Transport, disk: Disk, reader: Reader): Device {
    return new Device(`device-${this.devices.length + 1}`, transport, disk, reader, this.ledger, this.codec, {
      now: () => this.now,
    });
  }
}
