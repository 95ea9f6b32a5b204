import { Chance } from './chance.ts';
import { Endpoint } from './endpoint.ts';
import { pull, push, read, write } from './exchange-steps.ts';
import { Knowledge } from './oracle.ts';
import { enterScope } from './scope-steps.ts';
import { must, Violation } from './violation.ts';
import type { World } from './world.ts';

/** Ends all faults, upgrades everybody, and exchanges until nothing moves any more. */
export function heal(world: World): void {
  const chance = new Chance(world.plan.seed, 5);
  world.faulty = false;
  world.inFlight.length = 0;
  world.folder.settle();
  for (const device of world.devices) device.restart(chance);
  accountForLostDisks(world);
  world.endpoint.upgrade(world.newReader);
  for (const device of world.devices) device.upgrade(world.newReader);
  let last = '';
  for (let round = 0; round < 60; round += 1) {
    for (const device of world.devices) {
      if (device.transport !== 'endpoint') {
        write(world, device, chance);
        read(world, device, chance);
      }
      if (device.transport !== 'folder') {
        push(world, device, chance, 10_000);
        pull(world, device, chance, 10_000);
      }
      for (const key of world.keys)
        if (device.disk.scope !== null && !device.disk.scope.has(key)) enterScope(device, key, world.endpoint);
    }
    const now = progress(world);
    if (now === last) return;
    last = now;
  }
  throw new Violation('I1', 'devices still exchange after 60 rounds without faults');
}

function progress(world: World): string {
  const parts = world.devices.map(({ replica, disk }) => {
    return [
      JSON.stringify(replica.held),
      replica.voidings.size,
      replica.forks.size,
      JSON.stringify(disk.cursor),
      disk.scope?.size,
      disk.device,
    ].join(' ');
  });
  return [...parts, world.endpoint.log.length, world.folder.names.length].join('\n');
}

/**
 * Operations that no disk, log or file holds any more. That may only be one that never was "saved", or whose disk was
 * rolled back before it got out (I2, I7).
 */
function accountForLostDisks(world: World): void {
  const { oracle, authored } = world.ledger;
  const left = new Knowledge();
  for (const site of [...world.devices.map((device) => device.name), Endpoint.site]) left.addAll(oracle.held(site));
  for (const name of world.folder.names) {
    const content = world.folder.read(name);
    if (content === null || 'voiding' in content) continue;
    for (const operation of content.operations) left.add(world.ledger.numberOf({ type: 'operation', operation }));
  }
  for (const [number, { acked, diskRolledBack, device }] of authored.entries()) {
    if (left.has(number) && !oracle.isLost(oracle.previousOf(number))) continue;
    must(
      !acked || diskRolledBack || oracle.isLost(oracle.previousOf(number)),
      'I7',
      () => `#${number}, saved on ${device}, is on no disk any more`,
    );
    oracle.lose(number);
    world.ledger.count('lostOnDisk');
  }
}
