import type { Chance } from './chance.ts';
import type { Device } from './device.ts';
import type { Disk } from './disk.ts';
import { randomSkew } from './plan.ts';
import { changeScope } from './scope-steps.ts';
import { join, publish } from './snapshot-steps.ts';
import type { World } from './world.ts';

/** One thing goes wrong, or at least happens: of those this world has. */
export function misfortune(world: World, device: Device, chance: Chance): void {
  const { rates } = world.plan;
  const choices: readonly (readonly [number, () => void])[] = [
    [rates.restart, () => world.happens('restart', chance) && device.restart(chance)],
    [rates.clockJump, () => jumpClock(world, device, chance)],
    [rates.newEpoch + rates.sameEpoch, () => world.endpoint.backUp()],
    [rates.newEpoch, () => world.happens('newEpoch', chance) && world.endpoint.restore('new')],
    [rates.sameEpoch, () => world.happens('sameEpoch', chance) && world.endpoint.restore('same')],
    [rates.missing + rates.copied + rates.torn, () => damageFolder(world, chance)],
    [rates.wipe, () => wipe(world, device, chance)],
    [rates.rollback, () => rollBack(world, device, chance)],
    [rates.clone, () => clone(world, device, chance)],
    [rates.join + rates.catchUp, () => publish(world, device, chance)],
    [rates.join + rates.catchUp, () => join(world, device, chance)],
    [rates.scope, () => changeScope(world, device, chance)],
    [rates.schemaMix, () => upgrade(world, device, chance)],
  ];
  const possible = choices.filter(([rate]) => rate > 0);
  if (possible.length === 0) return;
  const [, happen] = chance.pick(possible);
  happen();
}

function jumpClock(world: World, device: Device, chance: Chance): void {
  if (world.happens('clockJump', chance)) device.skew = randomSkew(chance);
}

function wipe(world: World, device: Device, chance: Chance): void {
  if (!world.happens('wipe', chance)) return;
  world.ledger.note(() => `the database of ${device.name} is wiped`);
  device.wipe();
  device.restart(chance);
}

function upgrade(world: World, device: Device, chance: Chance): void {
  if (!world.happens('schemaMix', chance)) return;
  if (chance.happens(0.3)) world.endpoint.upgrade(world.newReader);
  else device.upgrade(world.newReader);
}

function damageFolder(world: World, chance: Chance): void {
  const { names } = world.folder;
  if (names.length === 0) return;
  const name = chance.pick(names);
  if (world.happens('missing', chance)) world.folder.remove(name);
  if (world.happens('copied', chance)) world.folder.copy(name);
  if (!world.happens('torn', chance)) return;
  if (chance.happens(0.5)) world.folder.cut(name, chance);
  else world.folder.flipBit(name, chance);
}

function rollBack(world: World, device: Device, chance: Chance): void {
  const image = world.images.get(device.name);
  if (image === undefined || !mayPart(world, image, device.disk) || !world.happens('rollback', chance)) return;
  world.ledger.note(() => `${device.name} is rolled back`);
  for (const authored of world.ledger.authored) if (authored.device === device.name) authored.diskRolledBack = true;
  device.disk = image;
  device.restart(chance);
}

function clone(world: World, device: Device, chance: Chance): void {
  if (world.devices.length >= 8 || !mayPart(world, device.disk) || !world.happens('clone', chance)) return;
  world.ledger.note(() => `${device.name} is cloned`);
  world.devices.push(world.newDevice(device.transport, device.disk, device.reader));
}

/** The chains of one id part at most once: how an id that parts twice is read is not settled by the core. */
function mayPart(world: World, ...disks: readonly Disk[]): boolean {
  const ids = disks.flatMap(({ device, journal }) => [device, ...Object.keys(journal)]);
  if (ids.some((id) => world.parted.has(id))) return false;
  for (const id of ids) world.parted.add(id);
  return true;
}
