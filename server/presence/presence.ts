import type { Actor } from '../../shared/domain/permissions.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { presenceLimits, type PresenceEvent, type PresencePlace } from '../../shared/sync/protocol-presence.ts';
import { findAuthor, readMemberships, type Author } from '../admission/authors.ts';
import { parseState } from '../admission/mirror.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { maySee } from '../http/visibility.ts';
import type { Store, StoreReader } from '../store/store.ts';

type Tell = (event: PresenceEvent) => void;

interface Listener {
  readonly device: string;
  readonly tell: Tell;
  /** Its device was revoked, or its account locked: nothing more is told. */
  readonly end: () => void;
  last: string;
}

interface Announced extends PresencePlace {
  readonly since: number;
}

interface Desk {
  readonly records: readonly Announced[];
  readonly endsAt: number;
}

/** Changes that come together are told together, after this time (ms). */
const gatherMs = 250;
/** How often ends are looked for. */
const sweepMs = 2_000;

/**
 * Who edits what, in the memory of this process alone: endpoints that share a database do not tell each other, so that
 * desks see those who are connected to the same one. Rights are looked up each time something is told.
 */
export class Presence {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #desks = new Map<string, Desk>();
  readonly #listeners = new Set<Listener>();
  #gathering: NodeJS.Timeout | undefined;
  #sweeping: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Desks that have something unsaved, for the metrics. */
  get desks(): number {
    return this.#desks.size;
  }

  /** What a device has something unsaved in now; all of it. */
  announce(device: string, records: readonly PresencePlace[]): void {
    const now = this.#now();
    const before = new Map(this.#desks.get(device)?.records.map((each) => [recordKey(each), each.since]));
    const distinct = new Map(records.map(({ entity, id }) => [recordKey({ entity, id }), { entity, id }]));
    const announced = [...distinct].map(([key, place]) => ({ ...place, since: before.get(key) ?? now }));
    if (announced.length === 0) this.#desks.delete(device);
    else this.#desks.set(device, { records: announced, endsAt: now + presenceLimits.lastsMs });
    const isSame = announced.length === before.size && announced.every((each) => before.has(recordKey(each)));
    if (!isSame) this.#tellSoon();
    if (this.#desks.size > 0) this.#sweeping ??= setInterval(() => this.#sweep(), sweepMs).unref();
  }

  /** Tells what is so now, if anything is, and whatever changes. Returns how to stop. */
  listen(device: string, tell: Tell, end: () => void): () => void {
    const listener: Listener = { device, tell, end, last: '[]' };
    this.#listeners.add(listener);
    if (this.#desks.size > 0) this.#tellSoon();
    return () => this.#listeners.delete(listener);
  }

  /** The log grew: a record may have come into somebody's view, or gone out of it. */
  recordsMoved(): void {
    if (this.#desks.size > 0) this.#tellSoon();
  }

  stop(): void {
    clearTimeout(this.#gathering);
    clearInterval(this.#sweeping);
    this.#gathering = undefined;
    this.#sweeping = undefined;
    this.#listeners.clear();
    this.#desks.clear();
  }

  #sweep(): void {
    const now = this.#now();
    const ended = [...this.#desks].filter(([, { endsAt }]) => endsAt <= now);
    for (const [device] of ended) this.#desks.delete(device);
    if (ended.length > 0) this.#tellSoon();
    if (this.#desks.size > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
  }

  #tellSoon(afterMs = gatherMs): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      // The store is away for now: requests say so, and this is told later.
      this.#telling = this.#telling.then(async () => await this.#tell()).catch(() => this.#tellSoon(sweepMs));
    }, afterMs).unref();
  }

  async #tell(): Promise<void> {
    const listeners = [...this.#listeners];
    if (listeners.length === 0) return;
    const views = await this.#store.read(async (store) => await this.#look(store, listeners));
    for (const [listener, found] of views) {
      if (found === undefined) {
        this.#listeners.delete(listener);
        listener.end();
        continue;
      }
      // Ages move on by themselves: only another list is told.
      const now = JSON.stringify(found.map(({ entity, id, person, since }) => [entity, id, person, since]));
      if (now === listener.last) continue;
      listener.last = now;
      const at = this.#now();
      listener.tell({
        present: found.map(({ since, ...each }) => ({ ...each, forMs: Math.max(0, Math.round(at - since)) })),
      });
    }
  }

  async #look(
    store: StoreReader,
    listeners: readonly Listener[],
  ): Promise<ReadonlyMap<Listener, readonly Seen[] | undefined>> {
    const memberships = await readMemberships(store);
    const states = await this.#readStates(store);
    const seen: Seen[] = [];
    for (const [device, { records }] of this.#desks) {
      const author = await findAuthor(store, device, memberships);
      if (author === undefined) continue;
      // What the desk itself may not see, it does not edit either.
      for (const { since, ...place } of records)
        if (sees(author.actor, place, states)) seen.push({ ...place, since, person: author.actor.person });
    }
    seen.sort((a, b) => b.since - a.since);
    const views = new Map<Listener, readonly Seen[] | undefined>();
    const authors = new Map<string, Author | undefined>();
    for (const listener of listeners) {
      const { device } = listener;
      if (!authors.has(device)) authors.set(device, await findAuthor(store, device, memberships));
      const author = authors.get(device);
      views.set(listener, author === undefined ? undefined : viewOf(author, seen, states));
    }
    return views;
  }

  async #readStates(store: StoreReader): Promise<ReadonlyMap<string, RecordState>> {
    const keys = new Set([...this.#desks.values()].flatMap(({ records }) => records.map(recordKey)));
    const rows = await store.records([...keys]);
    const owners = await store.records(rows.flatMap(({ partOf }) => partOf ?? []));
    return new Map([...owners, ...rows].map((row) => [row.record, parseState(row)]));
  }
}

interface Seen extends PresencePlace {
  readonly person: string;
  readonly since: number;
}

function sees(actor: Actor, place: PresencePlace, states: ReadonlyMap<string, RecordState>): boolean {
  const state = states.get(recordKey(place));
  return state !== undefined && maySee(actor, state, (key) => states.get(key));
}

/** Of one person with two desks in a record, the first. */
function viewOf({ actor }: Author, seen: readonly Seen[], states: ReadonlyMap<string, RecordState>): readonly Seen[] {
  const first = new Map<string, Seen>();
  for (const each of seen)
    if (each.person !== actor.person && sees(actor, each, states))
      first.set(JSON.stringify([each.entity, each.id, each.person]), each);
  return [...first.values()].slice(0, presenceLimits.told);
}
