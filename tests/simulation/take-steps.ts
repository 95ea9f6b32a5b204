import type { Entry } from '../../shared/sync/entry.ts';
import { cursorAfter, planPull, type Hello } from '../../shared/sync/exchange.ts';
import type { Snapshot } from '../../shared/sync/snapshot.ts';
import type { Chance } from './chance.ts';
import { crashPoint } from './crash.ts';
import { taken, type Device } from './device.ts';
import type { Disk } from './disk.ts';
import type { Page } from './endpoint.ts';
import { addKnown, copyKnown, type Known } from './oracle.ts';

/** A page arrives, maybe late or twice: data and cursor in one transaction (I6). */
export function applyPage(
  device: Device,
  page: Page,
  scopeVersion: number,
  hello: Hello,
  chance: Chance,
  crashRate: number,
): void {
  if (scopeVersion !== device.scopeVersion) return;
  const received: Entry[] = [];
  let fitting = 0;
  for (const [index, entry] of page.entries.entries()) {
    const outcome = device.receive(entry);
    if (taken(outcome)) received.push(entry);
    if (fitting === index && (taken(outcome) || outcome === 'duplicate')) fitting += 1;
  }
  crashPoint(chance, crashRate);
  const next = cursorAfter(device.disk.cursor, page, fitting);
  device.commit(received, next);
  const current = planPull(next, hello, device.standing);
  if (current.position === next.position && next.position >= hello.head)
    device.disk = { ...device.disk, settled: hello.held };
  crashPoint(chance, crashRate);
}

/** Receives from a folder, in one transaction. */
export function takeAll(device: Device, entries: readonly Entry[], chance: Chance, crashRate: number): void {
  const received: Entry[] = [];
  for (const entry of entries) if (taken(device.receive(entry))) received.push(entry);
  crashPoint(chance, crashRate);
  if (received.length > 0) device.commit(received, device.disk.cursor);
}

/** Stands on a snapshot from now on: base, tail and cursor in one transaction. */
export function joinSnapshot(
  device: Device,
  snapshot: Snapshot,
  knowledge: Known,
  cursor: Disk['cursor'],
  chance: Chance,
  crashRate: number,
): void {
  crashPoint(chance, crashRate);
  const fresh = !device.standsOnSnapshot && device.disk.entries.length === 0;
  const joined = device.replica.joinSnapshot(snapshot);
  const { oracle } = device.ledger;
  for (const voiding of device.replica.voidings.values())
    device.ledger.offer(device.name, { type: 'voiding', voiding });
  if (!joined.ok) return;
  const before = device.disk.baseKnowledge;
  oracle.learn(device.name, knowledge);
  crashPoint(chance, crashRate);
  const base = device.replica.base;
  const baseKnowledge = copyKnown(knowledge);
  if (before !== null) addKnown(baseKnowledge, before);
  const entries = [...device.replica.log.entries()];
  device.disk = { ...device.disk, base, baseKnowledge, entries, cursor: fresh ? cursor : device.disk.cursor };
}
