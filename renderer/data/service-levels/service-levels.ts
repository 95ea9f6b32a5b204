import type { RecordValues } from '../../../shared/domain/change.ts';
import { entities } from '../../../shared/domain/entities.ts';
import type { ServicePolicy } from '../../../shared/domain/service-level/service-policy.ts';
import { choiceAmong } from '../../../shared/domain/ticket/ticket-values.ts';
import { dueStageAt, type TicketDue } from '../../../shared/domain/service-level/target-stage.ts';
import type { HistoryContext } from '../../../shared/domain/service-level/ticket-history.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { SpaceState } from '../engine/space-state.ts';
import { decodeBody } from '../storage/body-codec.ts';
import type { Body } from '../storage/body.ts';
import type { NumberColumn } from '../columns/column.ts';
import type * as clockRoom from './clock-room.ts';
import { policyKinds, readPolicyRecords } from './policy-records.ts';
import { StageTimer, type Alarm } from './stage-timer.ts';
import type { CalendarPreview, PolicyPreview, TargetsView } from './target-view.ts';

type ClockRoom = typeof clockRoom;

export interface ServiceLevelsWorld {
  readonly now: () => number;
  readonly alarm: Alarm;
  /** Ends the current task, so that a long pass never holds up an answer. */
  readonly pause: () => Promise<void>;
  /** A pass over many rows has ended: the columns are worth saving. */
  readonly worked: () => void;
}

/** Bodies read and reckoned between two pauses. */
const slice = 400;
/** Raised when the same history would give another answer than before: saved columns are computed anew. */
const reckoning = 1;

/**
 * Keeps the due times and stages of tickets in the columns (D5): computed from history when a ticket changes, from all
 * histories when the agreements change, and moved on by a timer when time alone changes a stage. Nothing here is the
 * truth: it can be thrown away and computed again.
 */
export class ServiceLevels {
  readonly #state: SpaceState;
  readonly #table: ColumnTable;
  #world: ServiceLevelsWorld | null = null;
  #room: ClockRoom | null = null;
  #policy: ServicePolicy | null = null;
  #timer: StageTimer | null = null;
  #rebuilding: Promise<void> | null = null;
  #isOutdated = false;

  constructor(state: SpaceState) {
    this.#state = state;
    this.#table = state.tables.of('ticket');
  }

  /** Loads the arithmetic, reads the agreements, and computes what is not computed yet. */
  async start(world: ServiceLevelsWorld): Promise<void> {
    this.#world = world;
    this.#timer = new StageTimer(this.#table, world, (rows, change) => {
      this.#watching(rows, change);
    });
    this.#isOutdated = true;
    await this.#rebuild();
  }

  /** Rows of a table have their new values: computes what follows from them. Comes before lists and watches hear. */
  take(table: ColumnTable, bodies: readonly Body[], rows: readonly number[]): void {
    if (table === this.#table) this.#derive(bodies, rows);
    else if (policyKinds.has(table.kind)) {
      this.#isOutdated = true;
      if (this.#world) void this.#rebuild();
    }
  }

  /** Resolves when what is shown follows the agreements: for tests and benchmarks. */
  async settled(): Promise<void> {
    while (this.#rebuilding) await this.#rebuilding;
  }

  #derive(bodies: readonly Body[], rows: readonly number[]): void {
    const [room, policy, world] = [this.#room, this.#policy, this.#world];
    if (!room || !policy || !world) return;
    const context = this.#context(world.now());
    bodies.forEach((body, index) => {
      const row = rows[index];
      if (row === undefined) return;
      this.#table.derive(row, { ...room.dueOf(body, policy, context) });
      this.#timer?.expect(row, context.now);
    });
  }

  #context(now: number): HistoryContext {
    const people = this.#state.tables.of('person');
    const agent = people.columns.get('agent');
    const { voidings } = this.#state.remote;
    return {
      now,
      isAgent: (id) => {
        const row = people.rowOf(id);
        return row === undefined || agent?.get(row) !== false;
      },
      ...(voidings.size === 0 ? {} : { isVoid: (dot) => voidings.has(dot) }),
    };
  }

  /** The arithmetic is a part of its own, which the first list does not wait for. */
  async #load(): Promise<ClockRoom> {
    this.#room ??= await import('./clock-room.ts');
    return this.#room;
  }

  #rebuild(): Promise<void> {
    this.#rebuilding ??= this.#rebuildAll().finally(() => {
      this.#rebuilding = null;
    });
    return this.#rebuilding;
  }

  async #rebuildAll(): Promise<void> {
    const world = this.#world;
    if (!world) return;
    const room = await this.#load();
    while (this.#isOutdated) {
      this.#isOutdated = false;
      const policy = new room.ServicePolicy(await readPolicyRecords(this.#state.tables, this.#state.store));
      const isKnown = policy.version === this.#policy?.version;
      policy.warm(world.now());
      this.#policy = policy;
      if (!isKnown) this.#state.watches.refresh((query) => query.type === 'targets');
      const version = `${reckoning} ${policy.version}`;
      if (this.#table.derivedBy !== version) {
        this.#table.derivedBy = version;
        for (let row = 0; row < this.#table.size; row += 1) this.#table.underived.add(row);
      }
      await this.#deriveRows(world);
    }
    this.#timer?.look();
  }

  /** Computes the rows that are not, the open ones first; stops when the agreements change again. */
  async #deriveRows(world: ServiceLevelsWorld): Promise<void> {
    const state = this.#table.columns.get('state');
    const finished = (row: number): number =>
      Number(['resolved', 'closed', 'canceled'].includes(String(state?.get(row))));
    const waiting = [...this.#table.underived].sort((left, right) => finished(left) - finished(right) || left - right);
    for (let from = 0; from < waiting.length && !this.#isOutdated; from += slice) {
      const rows = waiting.slice(from, from + slice).filter((row) => this.#table.underived.has(row));
      const ids = rows.map((row) => this.#table.idAt(row));
      const bodies = await this.#readAside(ids);
      const found = rows.flatMap((row, index) => {
        const body = bodies.get(ids[index] ?? '');
        return body ? [{ row, body }] : [];
      });
      this.#watching(
        found.map(({ row }) => row),
        () => {
          this.#derive(
            found.map(({ body }) => body),
            found.map(({ row }) => row),
          );
        },
      );
      await world.pause();
    }
    if (waiting.length > 0) world.worked();
  }

  /** Reads bodies for a pass over all: what the person has open stays in the cache. */
  async #readAside(ids: readonly string[]): Promise<ReadonlyMap<string, Body>> {
    const texts = await this.#state.store.readTexts(ids);
    return new Map([...texts].map(([id, text]) => [id, decodeBody(text)]));
  }

  /** Changes derived columns of rows and tells lists and watches. */
  #watching(rows: readonly number[], change: () => void): void {
    const ids = rows.map((row) => this.#table.idAt(row));
    this.#state.watches.beforeChange(this.#table, ids);
    change();
    this.#state.lists.changed(this.#table, rows, false);
    this.#state.watches.afterChange(this.#table, ids);
  }

  /** What a ticket's derived columns should say now; null before the agreements are read. */
  expected(body: Body, now: number): TicketDue | null {
    return this.#room && this.#policy ? this.#room.dueOf(body, this.#policy, this.#context(now)) : null;
  }

  async targets(id: string): Promise<TargetsView> {
    const [room, policy, world] = [this.#room, this.#policy, this.#world];
    if (!room || !policy || !world) return { policyVersion: '', targets: [] };
    const body = (await this.#state.store.read([id])).get(id);
    const targets = body?.entity === 'ticket' ? room.targetsOf(body, policy, this.#context(world.now())) : [];
    return { policyVersion: policy.version, targets };
  }

  async previewCalendar(id: string | null, values: RecordValues, days: number): Promise<CalendarPreview> {
    const room = await this.#load();
    const { holidays } = await readPolicyRecords(this.#state.tables, this.#state.store);
    const own = [...holidays.values()].filter((each) => each['calendar'] === id && each['active'] !== false);
    return room.previewDays(values, own, this.#world?.now() ?? 0, days);
  }

  /** Compares the due times of open tickets with what they would be with one definition or calendar changed. */
  async previewPolicy(id: string, values: RecordValues): Promise<PolicyPreview> {
    const [room, world] = [this.#room, this.#world];
    if (!room || !world) return { open: 0, changed: 0, overdueBefore: 0, overdueAfter: 0 };
    const records = await readPolicyRecords(this.#state.tables, this.#state.store);
    const draft = new room.ServicePolicy(
      values['weekly'] === undefined
        ? { ...records, levels: new Map([...records.levels, [id, values]]) }
        : { ...records, calendars: new Map([...records.calendars, [id, values]]) },
    );
    const context = this.#context(world.now());
    const due = this.#table.columns.get('due') as NumberColumn;
    const preview = { open: 0, changed: 0, overdueBefore: 0, overdueAfter: 0 };
    const open = this.#openRows();
    for (let from = 0; from < open.length; from += slice) {
      const ids = open.slice(from, from + slice).map((row) => this.#table.idAt(row));
      for (const [ticket, body] of await this.#readAside(ids)) {
        const row = this.#table.rowOf(ticket) ?? 0;
        const after = room.dueOf(body, draft, context);
        preview.open += 1;
        preview.changed += Number(!Object.is(after.due ?? Number.NaN, due.numberAt(row)));
        preview.overdueBefore += Number(due.numberAt(row) < context.now);
        preview.overdueAfter += Number(dueStageAt(after, context.now) === 'breached');
      }
      await world.pause();
    }
    return preview;
  }

  #openRows(): readonly number[] {
    const column = this.#table.columns.get('state');
    return Array.from({ length: this.#table.size }, (_, row) => row).filter((row) => {
      const state = choiceAmong(entities.ticket.fields.state.choices, column?.get(row));
      return !this.#table.isDeleted(row) && (state === 'new' || state === 'in-progress' || state === 'on-hold');
    });
  }
}
