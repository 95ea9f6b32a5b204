import { dotOf, type Dot, type FieldValue, type Operation, type Write } from './operation.ts';

/** What one operation did to the fields of a record whose whole history stays at hand, beside the merged state. */
export interface TrailEvent {
  readonly dot: Dot;
  /** When it happened in ms, as the clock of its device said, or as the operation states (import, late entry). */
  readonly at: number;
  /** What the clock of the authority was ahead by, in ms; null when the device never met one. 0 for a stated time. */
  readonly offset: number | null;
  /** For an entry of the record's log: its id. */
  readonly entry?: string;
  readonly fields: Readonly<Record<string, TrailValue>>;
}

export interface TrailValue {
  readonly value: FieldValue;
  /** The dots it replaced. */
  readonly parents: readonly Dot[];
}

/** The part of a write that belongs to the trail; null when it touches none of `fields`. `entry` is given for entries. */
export function trailEventOf(
  operation: Operation,
  write: Write,
  fields: readonly string[],
  entry?: string,
): TrailEvent | null {
  const kept = fields.flatMap((name): readonly [string, TrailValue][] => {
    const value = Object.hasOwn(write.fields, name) ? write.fields[name] : undefined;
    if (value === undefined) return [];
    return [[name, { value, parents: Object.hasOwn(write.parents, name) ? (write.parents[name] ?? []) : [] }]];
  });
  if (kept.length === 0) return null;
  return {
    dot: dotOf(operation),
    at: operation.occurredAt ?? operation.at[0],
    offset: operation.occurredAt === undefined ? operation.clockOffset : 0,
    ...(entry === undefined ? {} : { entry }),
    fields: Object.fromEntries(kept),
  };
}

/** A trail with one more event: a set by (dot, entry), so that the order of arrival and repeats do not matter. */
export function addToTrail(trail: readonly TrailEvent[], event: TrailEvent | null): readonly TrailEvent[] {
  if (event === null || trail.some(({ dot, entry }) => dot === event.dot && entry === event.entry)) return trail;
  return [...trail, event];
}
