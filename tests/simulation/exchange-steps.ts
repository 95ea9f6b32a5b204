import type { Entry } from '../../shared/sync/entry.ts';
import { hashOperation } from '../../shared/sync/operation-hash.ts';
import { dotOf, type Operation } from '../../shared/sync/operation.ts';
import type { Chance } from './chance.ts';
import type { Device } from './device.ts';
import { applyPage, takeAll } from './take-steps.ts';
import type { World } from './world.ts';

/** One try at the endpoint: greet, then push or pull, over a network that loses, doubles, shuffles and delays. */
export function exchangeWithEndpoint(world: World, device: Device, chance: Chance): void {
  if (device.transport === 'folder') return;
  if (chance.happens(0.5)) push(world, device, chance);
  else pull(world, device, chance);
}

export function push(world: World, device: Device, chance: Chance, limit = 1 + chance.below(20)): void {
  const { endpoint, ledger } = world;
  const bridges = device.transport === 'both' && device.standsOnSnapshot;
  const entries = device.planPush(endpoint.hello(), bridges ? operationsInFolder(world) : []).slice(0, limit);
  if (entries.length === 0) return;
  ledger.count('pushes');
  if (world.happens('loss', chance)) return;
  const batch = world.happens('reorder', chance) ? chance.shuffle(entries) : entries;
  deliver(world, chance, () => endpoint.push(batch, chance, world.rate('hostCrash')));
}

/** A bridge that stands on a snapshot passes operations on without having them: segments are copied as they are. */
function operationsInFolder(world: World): readonly Operation[] {
  return world.folder.names.flatMap((name) => {
    const content = world.folder.read(name);
    return content === null || 'voiding' in content ? [] : content.operations;
  });
}

export function pull(world: World, device: Device, chance: Chance, limit = 1 + chance.below(30)): void {
  const { endpoint, ledger } = world;
  const hello = endpoint.hello();
  const { position } = device.planPage(hello);
  const { scopeVersion, disk } = device;
  const page = endpoint.page(position, limit, disk.scope === null ? null : (record) => device.inScope(record));
  ledger.count('pulls');
  if (world.happens('loss', chance)) return;
  deliver(world, chance, () => {
    world.guard(device, chance, () => applyPage(device, page, scopeVersion, hello, chance, world.rate('crash')));
  });
}

function deliver(world: World, chance: Chance, arrive: () => void): void {
  if (world.happens('delay', chance)) world.inFlight.push({ due: world.now + chance.below(20_000_000), arrive });
  else arrive();
  if (world.happens('duplication', chance)) arrive();
}

/** One visit to the folder: write what it lacks, read what it has. Reading comes first in the own directory. */
export function exchangeWithFolder(world: World, device: Device, chance: Chance): void {
  if (device.transport === 'endpoint' || world.happens('unmounted', chance)) return;
  if (chance.happens(0.5)) write(world, device, chance);
  else read(world, device, chance);
}

export function write(world: World, device: Device, chance: Chance): void {
  const { folder, ledger } = world;
  const own = device.disk.device;
  const names = folder.list(device.name, own, chance, world.rate('late'));
  readNames(
    world,
    device,
    names.filter((name) => name.startsWith(`${own}/`)),
    chance,
  );
  if (device.disk.device !== own) return;
  const covered = new Set<string>();
  for (const name of names) {
    const content = folder.read(name);
    if (content === null) continue;
    if ('voiding' in content) covered.add(`void ${dotOf(content.voiding)}`);
    else for (const operation of content.operations) covered.add(hashOperation(operation));
  }
  const relays = chance.happens(0.4) || !world.faulty;
  const chains = new Map<string, Operation[]>();
  const bridged = relays && device.transport === 'both' && device.standsOnSnapshot ? world.endpoint.log : [];
  for (const entry of [...device.offering(), ...bridged]) {
    if (entry.type === 'voiding' && relays && !covered.has(`void ${dotOf(entry.voiding)}`)) {
      const file = folder.voidFile(entry.voiding);
      folder.write(file.name, file.text);
    }
    if (entry.type !== 'operation' || covered.has(hashOperation(entry.operation))) continue;
    covered.add(hashOperation(entry.operation));
    if (entry.operation.device !== own && !relays) continue;
    const chain = chains.get(entry.operation.device);
    if (chain === undefined) chains.set(entry.operation.device, [entry.operation]);
    else chain.push(entry.operation);
  }
  for (const operations of chains.values()) {
    for (let first = 0, size = 1; first < operations.length; first += size) {
      size = 1 + chance.below(10);
      const { name, text } = folder.segment(own, operations.slice(first, first + size));
      const target = `${operations[0]?.device ?? own}/${name.slice(name.indexOf('/') + 1)}`;
      writeSegment(world, device, target, text, chance);
      ledger.count('segments');
    }
  }
}

/** Temporary file, then rename; where the share has no atomic rename a cut file shows under the final name. */
function writeSegment(world: World, device: Device, name: string, text: string, chance: Chance): void {
  const { folder } = world;
  world.guard(device, chance, () => {
    folder.write(`${name}.tmp`, text.slice(0, chance.below(text.length)));
    if (world.happens('crash', chance)) return;
    folder.remove(`${name}.tmp`);
    folder.write(name, text);
    if (world.happens('torn', chance)) folder.cut(name, chance);
  });
}

export function read(world: World, device: Device, chance: Chance): void {
  readNames(world, device, world.folder.list(device.name, device.disk.device, chance, world.rate('late')), chance);
}

function readNames(world: World, device: Device, names: readonly string[], chance: Chance): void {
  for (const name of names) {
    const content = world.folder.read(name);
    if (content === null) continue;
    const entries: readonly Entry[] =
      'voiding' in content
        ? [{ type: 'voiding', voiding: content.voiding }]
        : content.operations.map((operation) => ({ type: 'operation', operation }));
    takeAll(device, entries, chance, world.rate('crash'));
  }
}
