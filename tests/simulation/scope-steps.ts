import { recordKey } from '../../shared/sync/fold.ts';
import type { Chance } from './chance.ts';
import type { Device } from './device.ts';
import type { SimulatedEndpoint } from './endpoint.ts';
import type { World } from './world.ts';

export function enterScope(device: Device, key: string, endpoint: SimulatedEndpoint): boolean {
  const { scope, device: id } = device.disk;
  if (scope === null) return false;
  const scopeState = endpoint.replica.scopeState(key);
  if (scopeState === undefined || device.replica.enterScope(key, scopeState, id) === 'behind') return false;
  const { applied } = device.ledger.oracle.knowledge('endpoint');
  device.ledger.oracle.learnRecord(device.name, applied, key);
  device.scopeVersion += 1;
  device.disk = {
    ...device.disk,
    scope: new Set([...scope, key]),
    entered: [...device.disk.entered.filter((each) => each.key !== key), { key, scopeState, applied }],
  };
  return true;
}

export function leaveScope(device: Device, key: string): void {
  const { scope } = device.disk;
  if (scope === null) return;
  device.replica.leaveScope(key);
  device.scopeVersion += 1;
  device.disk = {
    ...device.disk,
    scope: new Set([...scope].filter((each) => each !== key)),
    entered: device.disk.entered.filter((each) => each.key !== key),
  };
}

export function changeScope(world: World, device: Device, chance: Chance): void {
  const { scope } = device.disk;
  if (scope === null || !world.happens('scope', chance)) return;
  const key = chance.pick(world.keys);
  world.ledger.note(() => `${device.name} changes its scope by ${key}`);
  if (!scope.has(key)) enterScope(device, key, world.endpoint);
  else if (isSynced(world, device, key)) leaveScope(device, key);
}

/** A client keeps a record while it has unsynced operations on it. */
function isSynced(world: World, device: Device, key: string): boolean {
  return device
    .planPush(world.endpoint.hello())
    .every((entry) => entry.type === 'voiding' || entry.operation.writes.every((write) => recordKey(write) !== key));
}
