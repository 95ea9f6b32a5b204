import type { RecordValues } from '../../../shared/domain/change.ts';
import { evaluateTargets, type TargetState } from '../../../shared/domain/service-level/evaluate-target.ts';
import { ServicePolicy, type PolicyRecords } from '../../../shared/domain/service-level/service-policy.ts';
import {
  buildHistory,
  type HistoryContext,
  type TicketHistory,
} from '../../../shared/domain/service-level/ticket-history.ts';
import type { Dot, FieldValue } from '../../../shared/sync/operation.ts';
import type { TrailEvent } from '../../../shared/sync/trail.ts';
import { local, sampleCalendars } from './sample-calendars.ts';

type Fields = Readonly<Record<string, FieldValue>>;
interface Told {
  /** Which desk wrote it. Desks see each other's writes after `exchange`. */
  readonly on?: string;
  /** What the authority's clock was ahead by, in ms. */
  readonly offset?: number | null;
}

/** The life of one ticket, told step by step: wall times of Berlin, or instants in ms. */
export class TicketScript {
  readonly trail: TrailEvent[] = [];
  readonly #heads = new Map<string, Map<string, readonly Dot[]>>();
  readonly #seqs = new Map<string, number>();

  /** Opens it: a new incident of priority 3, called in by `caller`. */
  constructor(at: string | number, fields: Fields = {}, told: Told = {}) {
    this.set(at, { type: 'incident', state: 'new', priority: '3', caller: 'caller', ...fields }, told);
  }

  set(at: string | number, fields: Fields, { on = 'A', offset = 0 }: Told = {}): this {
    const dot = this.#dot(on);
    const heads = this.#headsOf(on);
    const written = Object.entries(fields).map(([name, value]) => {
      const parents = heads.get(name) ?? [];
      heads.set(name, [dot]);
      return [name, { value, parents }] as const;
    });
    this.trail.push({ dot, at: instant(at), offset, fields: Object.fromEntries(written) });
    return this;
  }

  says(at: string | number, author: string, { on = 'A', offset = 0 }: Told = {}, audience = 'comment'): this {
    const dot = this.#dot(on);
    const fields = { audience: { value: audience, parents: [] }, author: { value: author, parents: [] } };
    this.trail.push({ dot, at: instant(at), offset, entry: `entry ${dot}`, fields });
    return this;
  }

  hold(at: string | number, reason = 'awaiting-vendor', told?: Told): this {
    return this.set(at, { state: 'on-hold', onHoldReason: reason }, told);
  }

  work(at: string | number, told?: Told): this {
    return this.set(at, { state: 'in-progress', onHoldReason: null }, told);
  }

  resolve(at: string | number, told?: Told): this {
    return this.set(at, { state: 'resolved', onHoldReason: null }, told);
  }

  /** Every desk has seen what the others wrote. */
  exchange(...desks: readonly string[]): this {
    const written = this.trail.flatMap(({ dot, fields }) =>
      Object.entries(fields).map(([name, { parents }]) => ({ name, dot, parents })),
    );
    const replaced = new Set(written.flatMap(({ name, parents }) => parents.map((parent) => `${name}@${parent}`)));
    const all = new Map<string, readonly Dot[]>();
    for (const { name, dot } of written)
      if (!replaced.has(`${name}@${dot}`)) all.set(name, [...(all.get(name) ?? []), dot]);
    for (const desk of ['A', ...desks]) this.#heads.set(desk, new Map(all));
    return this;
  }

  history(now: string | number, context: Partial<HistoryContext> = {}): TicketHistory {
    const history = buildHistory(this.trail, {
      now: instant(now),
      isAgent: (person) => person.startsWith('agent'),
      ...context,
    });
    if (!history) throw new Error('a ticket without events');
    return history;
  }

  #dot(desk: string): Dot {
    const seq = (this.#seqs.get(desk) ?? 0) + 1;
    this.#seqs.set(desk, seq);
    return `${desk.padEnd(10, '0')}:${seq}`;
  }

  #headsOf(desk: string): Map<string, readonly Dot[]> {
    let heads = this.#heads.get(desk);
    if (!heads) {
      heads = new Map(this.#heads.get('A'));
      this.#heads.set(desk, heads);
    }
    return heads;
  }
}

export function instant(at: string | number): number {
  return typeof at === 'number' ? at : local(at);
}

/** A policy of definitions over the calendars of the worked examples; `office` unless a level says otherwise. */
export function policyOf(
  levels: Readonly<Record<string, RecordValues>>,
  more: Partial<PolicyRecords> = {},
): ServicePolicy {
  const calendars = new Map<string, RecordValues>();
  const holidays = new Map<string, RecordValues>();
  for (const [name, { zone, weekly, ...rest }] of Object.entries(sampleCalendars)) {
    const specialDays = 'specialDays' in rest ? JSON.stringify(rest.specialDays) : null;
    calendars.set(name, { name, timeZone: zone, weekly: JSON.stringify(weekly), specialDays });
    for (const date of 'holidays' in rest ? rest.holidays : [])
      holidays.set(`${name}:${date}`, { calendar: name, date, name: 'Holiday' });
  }
  return new ServicePolicy({
    levels: new Map(Object.entries(levels)),
    calendars,
    holidays,
    services: new Map(),
    sites: new Map(),
    ...more,
  });
}

/** A definition: a resolution target in hours on the office calendar that pauses on every hold, unless said otherwise. */
export function level(fields: RecordValues = {}): RecordValues {
  return {
    name: 'Level',
    kind: 'sla',
    target: 'resolution',
    amount: 4,
    unit: 'hours',
    calendar: 'office',
    'pausesOn/awaiting-vendor': true,
    'pausesOn/awaiting-caller': true,
    ...fields,
  };
}

/** The one target of a ticket under a policy of one definition. */
export function targetOf(script: TicketScript, now: string | number, fields: RecordValues = {}): TargetState {
  const [state] = evaluateTargets(script.history(now), policyOf({ level: level(fields) }), instant(now));
  if (!state) throw new Error('no definition attaches');
  return state;
}
