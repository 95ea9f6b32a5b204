import { uniteIntervals, type Interval } from '../calendar/interval.ts';
import type { Conflict, ConflictKind, PlannedChange, ScheduleWindow, Touched } from './planned-change.ts';

/** A change with what hangs together with it. */
export interface PlacedChange {
  readonly change: PlannedChange;
  readonly touched: Touched;
}
export type ConflictChecks = ReadonlySet<ConflictKind>;

/** Half-open: what begins when the other ends does not collide with it. */
export function overlaps(one: Interval, other: Interval): boolean {
  return one.from < other.to && other.from < one.to;
}

/** Why two changes must not be at one time, whenever they are: at most one reason by item, and the person. */
export function reasonsAgainst(one: PlacedChange, other: PlacedChange, checks: ConflictChecks): readonly Conflict[] {
  const reasons: Conflict[] = [];
  const tell = (kind: ConflictKind, node: number | null): void => {
    reasons.push({ kind, other: other.change.id, node });
  };
  const [mine, theirs] = [one.touched, other.touched];
  const same = checks.has('same-item') ? common(mine.own, theirs.own) : null;
  const related =
    same === null && checks.has('related-item')
      ? (common(mine.below, theirs.own) ?? common(mine.own, theirs.below))
      : null;
  const service =
    same === null && related === null && checks.has('service') ? common(mine.services, theirs.services) : null;
  if (same !== null) tell('same-item', same);
  else if (related !== null) tell('related-item', related);
  else if (service !== null) tell('service', service);
  if (checks.has('owner') && one.change.owner !== '' && one.change.owner === other.change.owner) tell('owner', null);
  return reasons;
}

/** The windows that count for a change: what forbids it, and for each item what it must lie within. */
export interface WindowRules {
  readonly blackouts: readonly { readonly window: ScheduleWindow; readonly node: number | null }[];
  readonly within: readonly {
    readonly windows: readonly ScheduleWindow[];
    readonly node: number | null;
    readonly open: readonly Interval[];
  }[];
}

export function windowRules(
  { touched, change }: PlacedChange,
  windows: readonly ScheduleWindow[],
  checks: ConflictChecks,
): WindowRules {
  const { own: items, above, below, services } = touched;
  const isRelative = (node: number): boolean =>
    items.has(node) || above.has(node) || below.has(node) || services.has(node);
  const blackouts = windows.flatMap((window) => {
    if (window.kind !== 'blackout' || !checks.has('blackout')) return [];
    const node = window.covers === null ? null : least(window.covers, isRelative);
    return window.covers === null || node !== null ? [{ window, node }] : [];
  });
  const maintenance = checks.has('outside-window') ? windows.filter(({ kind }) => kind === 'maintenance-window') : [];
  const general = maintenance.filter(({ covers }) => covers === null);
  const within = [...change.items, ...(change.service === null ? [] : [change.service])].flatMap((node) => {
    const own = maintenance.filter(({ covers }) => covers?.has(node));
    return own.length === 0 ? [] : [ruleFor(own, node)];
  });
  return { blackouts, within: within.length === 0 && general.length > 0 ? [ruleFor(general, null)] : within };
}

function ruleFor(windows: readonly ScheduleWindow[], node: number | null): WindowRules['within'][number] {
  return { windows, node, open: uniteIntervals(windows.flatMap(({ occurrences }) => occurrences)) };
}

/** What windows say against a time. */
export function windowConflicts(time: Interval, { blackouts, within }: WindowRules): readonly Conflict[] {
  return [
    ...blackouts.flatMap(({ window, node }): readonly Conflict[] =>
      window.occurrences.some((each) => overlaps(each, time)) ? [{ kind: 'blackout', other: window.id, node }] : [],
    ),
    ...within.flatMap(({ windows, node, open }): readonly Conflict[] =>
      open.some(({ from, to }) => from <= time.from && time.to <= to)
        ? []
        : [{ kind: 'outside-window', other: windows[0]?.id ?? '', node }],
    ),
  ];
}

/** Everything against one change, looked up change by change: for a time that is being tried. */
export function conflictsOf(
  placed: PlacedChange,
  others: Iterable<PlacedChange>,
  windows: readonly ScheduleWindow[],
  checks: ConflictChecks,
): readonly Conflict[] {
  const found: Conflict[] = [];
  for (const other of others)
    if (other.change.id !== placed.change.id && overlaps(placed.change, other.change))
      found.push(...reasonsAgainst(placed, other, checks));
  return [...found, ...windowConflicts(placed.change, windowRules(placed, windows, checks))];
}

/** Everything against every change, by id; changes without a conflict are absent. A sweep over time. */
export function findConflicts(
  placed: readonly PlacedChange[],
  windows: readonly ScheduleWindow[],
  checks: ConflictChecks,
): ReadonlyMap<string, readonly Conflict[]> {
  const found = new Map<string, Conflict[]>();
  const add = (id: string, conflicts: readonly Conflict[]): void => {
    if (conflicts.length === 0) return;
    const known = found.get(id);
    if (known) known.push(...conflicts);
    else found.set(id, [...conflicts]);
  };
  let running: PlacedChange[] = [];
  for (const next of placed.toSorted((left, right) => left.change.from - right.change.from)) {
    running = running.filter(({ change }) => change.to > next.change.from);
    for (const other of running) {
      if (!overlaps(other.change, next.change)) continue;
      add(next.change.id, reasonsAgainst(next, other, checks));
      add(other.change.id, reasonsAgainst(other, next, checks));
    }
    running.push(next);
    if (windows.length > 0) add(next.change.id, windowConflicts(next.change, windowRules(next, windows, checks)));
  }
  return found;
}

/** Something both have; the smallest, so that all devices name the same. */
function common(one: ReadonlySet<number>, other: ReadonlySet<number>): number | null {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  return least(few, (node) => many.has(node));
}

function least(nodes: ReadonlySet<number>, holds: (node: number) => boolean): number | null {
  let found: number | null = null;
  for (const node of nodes) if ((found === null || node < found) && holds(node)) found = node;
  return found;
}
