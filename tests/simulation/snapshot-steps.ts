import { seqOf } from '../../shared/sync/version-vector.ts';
import type { Chance } from './chance.ts';
import type { Device } from './device.ts';
import { emptyDisk } from './disk.ts';
import { Endpoint } from './endpoint.ts';
import { joinSnapshot } from './take-steps.ts';
import type { World } from './world.ts';

/** What is published is settled: held by the endpoint, or, where nobody refuses, held at all. */
export function publish(world: World, device: Device, chance: Chance): void {
  if (world.plan.rates.join === 0 && world.plan.rates.catchUp === 0) return;
  const byEndpoint = world.endpoint.log.length > 0 && chance.happens(0.4);
  if (!byEndpoint && device.disk.scope !== null) return;
  const { replica } = byEndpoint ? world.endpoint : device;
  const site = byEndpoint ? Endpoint.site : device.name;
  const { held } = replica;
  const settled = byEndpoint || world.plan.rates.refusal === 0 ? held : device.disk.settled;
  const cut = Object.fromEntries(
    Object.entries(held).map(([id, seq]) => [
      id,
      Math.min(seq, seqOf(settled, id), !byEndpoint && chance.happens(0.3) ? chance.below(seq + 1) : seq),
    ]),
  );
  for (const [id, seq] of Object.entries(replica.base.held)) cut[id] = Math.max(seq, cut[id] ?? 0);
  const hello = world.endpoint.hello();
  const snapshot = world.codec.snapshot(replica.takeSnapshot(cut));
  const lets = (number: number): boolean => {
    const operation = world.ledger.authored[number]?.operation;
    return operation !== undefined && operation.seq <= seqOf(cut, operation.device);
  };
  const knowledge = world.ledger.oracle.restrict(world.ledger.oracle.knowledge(site), lets);
  world.ledger.count('snapshots');
  world.snapshots.push({
    snapshot,
    knowledge,
    cursor: byEndpoint ? { epoch: hello.epoch, position: hello.head } : emptyDisk('', null).cursor,
  });
}

export function join(world: World, device: Device, chance: Chance): void {
  if (world.snapshots.length === 0) return;
  const { snapshot, knowledge, cursor } = chance.pick(world.snapshots);
  if (world.devices.length < 8 && world.happens('join', chance)) {
    const joiner = world.newDevice(
      chance.pick(world.plan.transports),
      emptyDisk(world.ledger.mintDevice(), null),
      chance.pick([world.newReader, device.reader]),
    );
    world.devices.push(joiner);
    world.guard(joiner, chance, () => joinSnapshot(joiner, snapshot, knowledge, cursor, chance, world.rate('crash')));
  } else if (device.disk.scope === null && world.happens('catchUp', chance)) {
    world.guard(device, chance, () => joinSnapshot(device, snapshot, knowledge, cursor, chance, world.rate('crash')));
  }
}
