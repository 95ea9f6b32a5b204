import { presenceLimits, type PresenceEvent, type PresencePlace } from '../../shared/sync/protocol-presence.ts';
import type { Presence } from '../data/sync-api.ts';
import type { EngineClock } from './sync-engine.ts';

export interface PresenceSetting {
  readonly clock: EngineClock;
  /** Tells the endpoint all this desk has something unsaved in. `never`: it does not take such words. */
  readonly tell: (records: readonly PresencePlace[]) => Promise<'told' | 'later' | 'never'>;
  /** Title of a person's record; '' when it is not here. */
  readonly nameOf: (person: string) => string;
  readonly changed: (present: readonly Presence[]) => void;
}

/** However often a person goes from record to record, the endpoint hears of it at most once in this time (ms). */
const gapMs = 2_000;

/**
 * Who edits what, both ways, for as long as the stream of the endpoint is open. Nothing of it is stored, nothing waits for
 * it, and what goes wrong is forgotten: it is told again a few seconds later.
 */
export class DeskPresence {
  readonly #setting: PresenceSetting;
  /** What windows have something unsaved in, by the key of their word. */
  readonly #edited = new Map<string, PresencePlace>();
  #isOpen = false;
  #isTaken = true;
  #toldAny = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  #callOff: (() => void) | null = null;
  #present: readonly Presence[] = [];

  constructor(setting: PresenceSetting) {
    this.#setting = setting;
  }

  get present(): readonly Presence[] {
    return this.#present;
  }

  edit(key: string, { entity, id }: PresencePlace): void {
    this.#edited.set(key, { entity, id });
    this.#plan(gapMs);
  }

  endEdit(key: string): void {
    if (this.#edited.delete(key)) this.#plan(gapMs);
  }

  streamChanged(open: boolean): void {
    if (this.#isOpen === open) return;
    this.#isOpen = open;
    this.#isTaken = true;
    this.#toldAny = false;
    this.#callOff?.();
    this.#callOff = null;
    if (open) this.#plan(gapMs);
    else this.#show([]);
  }

  heard({ present }: PresenceEvent): void {
    const { clock, nameOf } = this.#setting;
    const before = new Map(this.#present.map((each) => [keyOf(each), each.since]));
    this.#show(
      present.map(({ entity, id, person, forMs }) => ({
        entity,
        id,
        person,
        name: nameOf(person),
        // The same editing goes on since it began, whatever the way of this word took.
        since: before.get(keyOf({ entity, id, person })) ?? clock.now() - forMs,
      })),
    );
  }

  #show(present: readonly Presence[]): void {
    if (present.length === 0 && this.#present.length === 0) return;
    this.#present = present;
    this.#setting.changed(present);
  }

  /** The next word goes out no sooner than `afterMs` after the last one. */
  #plan(afterMs: number): void {
    if (!this.#isOpen || !this.#isTaken || (this.#edited.size === 0 && !this.#toldAny)) return;
    const { clock } = this.#setting;
    this.#callOff?.();
    this.#callOff = clock.after(Math.max(0, this.#toldAt + afterMs - clock.now()), () => {
      this.#callOff = null;
      void this.#tell();
    });
  }

  async #tell(): Promise<void> {
    const { clock, tell } = this.#setting;
    const distinct = new Map([...this.#edited.values()].toReversed().map((place) => [JSON.stringify(place), place]));
    const records = [...distinct.values()].slice(0, presenceLimits.records);
    this.#toldAt = clock.now();
    this.#toldAny = records.length > 0;
    const outcome = await tell(records);
    if (outcome === 'never') this.#isTaken = false;
    else if (outcome === 'later') this.#toldAny = true;
    // Changed in the meantime: that has planned the next word already.
    if (this.#callOff === null) this.#plan(presenceLimits.renewMs);
  }
}

function keyOf({ entity, id, person }: Pick<Presence, 'entity' | 'id' | 'person'>): string {
  return JSON.stringify([entity, id, person]);
}
