import type { Decision } from '../../../shared/domain/approval/judge-approval.ts';
import { changeTypeOf } from '../../../shared/domain/change-request/change-phase.ts';
import { conflictChecksSchema, conflictChecksSetting } from '../../../shared/domain/change-request/change-settings.ts';
import { changeStates } from '../../../shared/domain/change-request/change-words.ts';
import {
  conflictsOf,
  findConflicts,
  overlaps,
  type ConflictChecks,
} from '../../../shared/domain/change-schedule/find-conflicts.ts';
import { findFreeSlots } from '../../../shared/domain/change-schedule/free-slots.ts';
import { conflictKinds, type Conflict } from '../../../shared/domain/change-schedule/planned-change.ts';
import { choiceAmong } from '../../../shared/domain/ticket/ticket-values.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { ImpactIndex } from '../impact/impact-index.ts';
import { NodeNames } from '../impact/node-names.ts';
import type { Tables } from '../storage/tables.ts';
import { decisionsByChange, standingAt } from './change-decisions.ts';
import type {
  ChangeQuery,
  ChangeView,
  ConflictView,
  FreeSlotsQuery,
  OwnConflict,
  OwnConflictsQuery,
  ScheduleQuery,
  ScheduleView,
  SlotQuery,
} from './changes-api.ts';
import { assessChangeRisk } from './change-risk.ts';
import { readSchedule, type Schedule } from './read-schedule.ts';
import type * as scheduleRoom from './schedule-room.ts';

export interface ChangeIndexParts {
  readonly tables: Tables;
  readonly impact: ImpactIndex;
  readonly settings: ReadonlyMap<string, unknown>;
  readonly now: () => number;
}

const dayMs = 86_400_000;

/**
 * Approvals, risk and conflicts of changes, from the columns. Read when first asked for and again after a record it is
 * made of has changed, by whom and from wherever: also after every exchange (CNF-1). Nothing here is the truth.
 */
export class ChangeIndex {
  readonly #parts: ChangeIndexParts;
  #room: typeof scheduleRoom | null = null;
  #schedule: { readonly version: string; readonly value: Schedule } | null = null;
  #conflicts: { readonly version: string; readonly value: ReadonlyMap<string, readonly Conflict[]> } | null = null;
  #decisions: { readonly version: string; readonly value: ReadonlyMap<string, readonly Decision[]> } | null = null;

  constructor(parts: ChangeIndexParts) {
    this.#parts = parts;
  }

  async change({ id }: ChangeQuery): Promise<ChangeView | null> {
    await this.#load();
    const { tables, settings, impact } = this.#parts;
    const row = tables.of('change').rowOf(id);
    if (row === undefined) return null;
    const { phase, verdicts } = standingAt(tables, row, this.#readDecisions().get(id) ?? []);
    const people = new Set(
      verdicts.flatMap(({ step, counted, stale }) => [
        ...step.people,
        ...[...counted, ...stale].map(({ decidedBy }) => decidedBy),
      ]),
    );
    const { touched } = this.#readSchedule();
    return {
      phase: phase ?? null,
      verdicts,
      people: Object.fromEntries([...people].map((person) => [person, tables.titleOf('person', person)])),
      risk: assessChangeRisk({ tables, assets: impact.assets, touched, settings }, row),
      conflicts: this.#views(this.#readConflicts().get(id) ?? []),
      causedIncidents: this.#causedBy(id),
    };
  }

  async slot({ id, from, to }: SlotQuery): Promise<readonly ConflictView[]> {
    await this.#load();
    const { placed, windows } = this.#readSchedule();
    const own = placed.get(id);
    if (own === undefined || to <= from) return [];
    const moved = { ...own, change: { ...own.change, from, to } };
    return this.#views(conflictsOf(moved, placed.values(), windows, this.#checks));
  }

  async freeSlots({ id, from }: FreeSlotsQuery): Promise<readonly { readonly from: number; readonly to: number }[]> {
    await this.#load();
    const { placed, windows } = this.#readSchedule();
    const own = placed.get(id);
    return own === undefined ? [] : findFreeSlots(own, placed.values(), windows, this.#checks, from);
  }

  async schedule({ from, to }: ScheduleQuery): Promise<ScheduleView> {
    await this.#load();
    const { tables, impact } = this.#parts;
    const { windows } = this.#readSchedule();
    const conflicts = this.#readConflicts();
    const names = new NodeNames(tables, impact.assets);
    const changes = tables.of('change');
    const found: ScheduleView['changes'][number][] = [];
    for (let row = 0; row < changes.size; row += 1) {
      if (changes.isDeleted(row)) continue;
      const values = changes.valuesAt(row);
      const [start, end] = [Number(values['plannedStart'] ?? Number.NaN), Number(values['plannedEnd'] ?? Number.NaN)];
      const phase = choiceAmong(changeStates, changes.columns.get('phase')?.get(row));
      if (!(start < to && from < end) || phase === undefined || phase === 'canceled') continue;
      const id = changes.idAt(row);
      const services = this.#readSchedule().placed.get(id)?.touched.services ?? new Set<number>();
      found.push({
        id,
        reference: String(values['number'] ?? values['reference'] ?? ''),
        title: changes.titleAt(row),
        changeType: changeTypeOf(values),
        phase,
        from: start,
        to: end,
        owner: String(values['assignee'] ?? values['requestedBy'] ?? ''),
        services: [...services].map((node) => names.titleOf(node)).toSorted(),
        conflicts: this.#views(conflicts.get(id) ?? []),
      });
    }
    return {
      changes: found.toSorted((left, right) => left.from - right.from || (left.id < right.id ? -1 : 1)),
      windows: windows.flatMap(({ id, kind, occurrences }) =>
        occurrences
          .filter((each) => overlaps(each, { from, to }))
          .map((each) => ({ id, kind, name: tables.titleOf(kind, id), ...each })),
      ),
    };
  }

  async ownConflicts({ owner }: OwnConflictsQuery): Promise<readonly OwnConflict[]> {
    await this.#load();
    const { tables } = this.#parts;
    const changes = tables.of('change');
    const { placed } = this.#readSchedule();
    const now = this.#parts.now();
    return [...this.#readConflicts()].flatMap(([id, conflicts]) => {
      const change = placed.get(id)?.change;
      const row = changes.rowOf(id);
      if (change?.owner !== owner || row === undefined || change.to <= now) return [];
      const values = changes.valuesAt(row);
      const reference = String(values['number'] ?? values['reference'] ?? '');
      return [{ id, reference, title: changes.titleAt(row), conflicts: this.#views(conflicts) }];
    });
  }

  async #load(): Promise<void> {
    this.#room ??= await import('./schedule-room.ts');
  }

  get #checks(): ConflictChecks {
    const chosen = conflictChecksSchema.safeParse(this.#parts.settings.get(conflictChecksSetting));
    return new Set(chosen.success ? chosen.data : conflictKinds);
  }

  #readSchedule(): Schedule {
    const { tables, impact, now } = this.#parts;
    if (this.#room === null) throw new Error('the schedule is asked for before its part is loaded');
    const day = Math.floor(now() / dayMs);
    const version = `${day} ${this.#version('change', 'approval', 'asset', 'asset-relation', 'service', 'person', 'blackout', 'maintenance-window')}`;
    if (this.#schedule?.version !== version)
      this.#schedule = { version, value: readSchedule(tables, impact.assets, this.#room, now()) };
    return this.#schedule.value;
  }

  #readConflicts(): ReadonlyMap<string, readonly Conflict[]> {
    const { placed, windows } = this.#readSchedule();
    const version = `${this.#schedule?.version ?? ''} ${[...this.#checks].join()}`;
    if (this.#conflicts?.version !== version)
      this.#conflicts = { version, value: findConflicts([...placed.values()], windows, this.#checks) };
    return this.#conflicts.value;
  }

  #readDecisions(): ReadonlyMap<string, readonly Decision[]> {
    const version = this.#version('approval');
    if (this.#decisions?.version !== version)
      this.#decisions = { version, value: decisionsByChange(this.#parts.tables) };
    return this.#decisions.value;
  }

  #views(conflicts: readonly Conflict[]): readonly ConflictView[] {
    const { tables, impact } = this.#parts;
    const names = new NodeNames(tables, impact.assets);
    return conflicts.map(({ kind, other, node }) => {
      const entity = kind === 'blackout' ? 'blackout' : kind === 'outside-window' ? 'maintenance-window' : 'change';
      return { kind, other, title: tables.titleOf(entity, other), about: node === null ? '' : names.titleOf(node) };
    });
  }

  #causedBy(id: string): number {
    const tickets = this.#parts.tables.of('ticket');
    const column = tickets.columns.get('causedBy');
    if (column?.layout !== 'dictionary') return 0;
    const code = column.codeOf(id);
    let count = 0;
    if (code !== undefined)
      for (let row = 0; row < tickets.size; row += 1)
        if (column.codeAt(row) === code && !tickets.isDeleted(row)) count += 1;
    return count;
  }

  #version(...kinds: readonly EntityKind[]): string {
    return kinds.map((kind) => `${this.#parts.tables.of(kind).size}.${this.#parts.tables.of(kind).version}`).join(' ');
  }
}
