import { parseDot, type Dot, type FieldValue } from '../../sync/operation.ts';
import type { TrailEvent } from '../../sync/trail.ts';
import type { RecordValues } from '../change.ts';
import { precedenceOf } from '../precedence.ts';

/** A stretch of a ticket's life with the values it had; `to` of the last is Infinity. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly values: RecordValues;
}

/** A public comment. `other`: neither the caller nor somebody who works on tickets. */
export interface Contact {
  readonly at: number;
  readonly by: 'agent' | 'caller' | 'other';
}

/** What is to be known of the clock behind an event (SLA-2). `byMs` is the correction, or how far it was moved. */
export interface ClockRemark {
  readonly at: number;
  readonly kind: 'corrected' | 'estimated' | 'suspect' | 'offline';
  readonly byMs: number;
}

/** The life of a ticket as its clocks see it, in event time. */
export interface TicketHistory {
  readonly openedAt: number;
  /** In order and without gaps; the first begins at `openedAt`. */
  readonly spans: readonly Span[];
  /** In order. */
  readonly contacts: readonly Contact[];
  readonly remarks: readonly ClockRemark[];
}

export interface HistoryContext {
  readonly now: number;
  /** Whether a person works on tickets. */
  readonly isAgent: (person: string) => boolean;
  /** Operations that were refused or wait in quarantine: they did not happen. */
  readonly isVoid?: (dot: Dot) => boolean;
  /** When the authority received an operation, in ms, where that is known. */
  readonly receivedAt?: (dot: Dot) => number | undefined;
}

interface Timed {
  readonly event: TrailEvent;
  readonly at: number;
  /** Longest chain of replaced values behind it: orders what happened at one instant. */
  readonly depth: number;
}

/**
 * SLA-1, SLA-2: the same events give the same history, in whatever order they came. Event time is the device's clock
 * with its recorded offset; an event is never earlier than the ticket or than what it replaces, never later than it was
 * received or than now: it is moved there and its clock is suspect. Null without any event.
 */
export function buildHistory(trail: readonly TrailEvent[], context: HistoryContext): TicketHistory | null {
  const events = trail.filter(({ dot }) => context.isVoid?.(dot) !== true);
  const openedAt = openingOf(events);
  if (openedAt === null) return null;
  const remarks: ClockRemark[] = [];
  const timed = timeEvents(events, openedAt, context, remarks).sort(compareTimed);
  return {
    openedAt,
    spans: spansOf(timed, openedAt),
    contacts: contactsOf(timed, context),
    remarks: remarks.sort((left, right) => left.at - right.at || left.byMs - right.byMs),
  };
}

/** When the ticket was opened: what its creation states, never later than the creation itself. */
function openingOf(events: readonly TrailEvent[]): number | null {
  const own = events.filter(({ entry }) => entry === undefined);
  const created = own.find(({ fields }) => fields['openedAt'] !== undefined) ?? own.toSorted(compareEvents)[0];
  if (created === undefined) return null;
  const at = eventTime(created);
  const stated = created.fields['openedAt']?.value;
  // The stamp is of the device's clock, too: it is corrected with it.
  return typeof stated === 'number' ? Math.min(at, stated + (created.offset ?? 0)) : at;
}

function eventTime({ at, offset }: TrailEvent): number {
  return at + (offset ?? 0);
}

function timeEvents(
  events: readonly TrailEvent[],
  openedAt: number,
  context: HistoryContext,
  remarks: ClockRemark[],
): Timed[] {
  const byDot = new Map<Dot, TrailEvent>();
  for (const event of events) if (event.entry === undefined) byDot.set(event.dot, event);
  const devices = countDevices(events);
  const known = new Map<TrailEvent, Timed>();
  // Events whose time is being found: a cycle, which no honest device writes, must not hang.
  const behind = new Set<TrailEvent>();
  const timeOf = (event: TrailEvent): Timed => {
    const found = known.get(event);
    if (found) return found;
    behind.add(event);
    let [earliest, depth] = [openedAt, 0];
    for (const name in event.fields) {
      for (const dot of event.fields[name]?.parents ?? []) {
        const parent = byDot.get(dot);
        if (parent === undefined || behind.has(parent)) continue;
        const before = timeOf(parent);
        earliest = Math.max(earliest, before.at);
        depth = Math.max(depth, before.depth + 1);
      }
    }
    behind.delete(event);
    const received = context.receivedAt?.(event.dot);
    const told = eventTime(event);
    const at = Math.max(earliest, Math.min(told, received ?? context.now, context.now));
    const timed: Timed = { event, at, depth };
    known.set(event, timed);
    remarks.push(...remarksOf(event, at, told, received, devices));
    return timed;
  };
  return events.map(timeOf);
}

function countDevices(events: readonly TrailEvent[]): number {
  const devices = new Set<string>();
  for (const { dot } of events) devices.add(dot.slice(0, dot.lastIndexOf(':')));
  return devices.size;
}

/** A wait of this long (ms) between happening and arriving is the network's doing, not worth a word. */
const unremarkable = 60_000;

function remarksOf(
  { offset }: TrailEvent,
  at: number,
  told: number,
  received: number | undefined,
  devices: number,
): readonly ClockRemark[] {
  const remarks: ClockRemark[] = [];
  if (at !== told) remarks.push({ at, kind: 'suspect', byMs: at - told });
  else if (offset !== null && offset !== 0) remarks.push({ at, kind: 'corrected', byMs: offset });
  // A device on its own has no other clock to differ from.
  else if (offset === null && devices > 1) remarks.push({ at, kind: 'estimated', byMs: 0 });
  if (received !== undefined && received - at > unremarkable)
    remarks.push({ at, kind: 'offline', byMs: received - at });
  return remarks;
}

function compareTimed(left: Timed, right: Timed): number {
  return left.at - right.at || left.depth - right.depth || compareEvents(left.event, right.event);
}

function compareEvents(left: TrailEvent, right: TrailEvent): number {
  const [a, b] = [parseDot(left.dot), parseDot(right.dot)];
  const order = eventTime(left) - eventTime(right);
  if (order !== 0) return order;
  return a.device === b.device ? a.seq - b.seq : a.device < b.device ? -1 : 1;
}

interface Live {
  readonly dot: Dot;
  readonly value: FieldValue;
}

/** A ticket between its opening and the first thing known of it (import): nobody had begun. */
const untouched = { state: 'new', onHoldReason: null, assignee: null } as const;

/**
 * The values over time. A value lives until one that has seen it replaces it; of several that live at once the further
 * advanced state counts, else the latest. So two devices that paused without knowledge of each other make one pause
 * from the first hold to the last resume (SLA-8).
 */
function spansOf(timed: readonly Timed[], openedAt: number): readonly Span[] {
  const live = new Map<string, Live[]>();
  const spans: Span[] = [];
  let values: Record<string, FieldValue> = {};
  for (const { event, at } of timed) {
    if (event.entry !== undefined) continue;
    values = { ...values };
    for (const [name, { value, parents }] of Object.entries(event.fields)) {
      const held = (live.get(name) ?? []).filter(({ dot }) => !parents.includes(dot));
      held.push({ dot: event.dot, value });
      live.set(name, held);
      values[name] = held.length === 1 ? value : shownOf(name, held);
    }
    if (spans.length === 0 && at > openedAt)
      spans.push({ from: openedAt, to: at, values: { ...values, ...untouched } });
    const last = spans.at(-1);
    const from = at;
    if (last?.from === from) spans[spans.length - 1] = { ...last, values };
    else {
      if (last) spans[spans.length - 1] = { ...last, to: from };
      spans.push({ from, to: Number.POSITIVE_INFINITY, values });
    }
  }
  return spans;
}

function shownOf(name: string, live: readonly Live[]): FieldValue {
  const precedence = precedenceOf('ticket', name);
  const [first, ...later] = live;
  return later.reduce<FieldValue>(
    (best, { value }) => (precedence === undefined || precedence(value, best) >= 0 ? value : best),
    first?.value ?? null,
  );
}

function contactsOf(timed: readonly Timed[], { isAgent }: HistoryContext): readonly Contact[] {
  const contacts: Contact[] = [];
  let caller: FieldValue = null;
  for (const { event, at } of timed) {
    if (event.entry === undefined) {
      caller = event.fields['caller']?.value ?? caller;
      continue;
    }
    const author = event.fields['author']?.value;
    if (event.fields['audience']?.value !== 'comment' || typeof author !== 'string') continue;
    contacts.push({ at, by: author === caller ? 'caller' : isAgent(author) ? 'agent' : 'other' });
  }
  return contacts;
}

/** The span that holds an instant; the first for one before it. */
export function spanAt(spans: readonly Span[], at: number): Span | undefined {
  return spans.findLast((span) => span.from <= at) ?? spans[0];
}
