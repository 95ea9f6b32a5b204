import type { Dot, FieldValue } from '../../../shared/sync/operation.ts';
import type { Head, RecordState, Register } from '../../../shared/sync/record-state.ts';
import type { TrailEvent, TrailValue } from '../../../shared/sync/trail.ts';
import type { Body } from './body.ts';
import { DamagedDatabase } from './damaged-database.ts';

/**
 * The one codec between bodies and their stored form (D13): encryption at rest comes in here.
 * Most fields of a record were written by the same few operations, so stamps are stored once and named by position.
 */

type Stamp = readonly [dot: Dot, ms: number, counter: number];
/** Field name, then stamp position and value of each head; dots not yet seen, if any, as a last array. */
type PackedField = readonly [name: string, heads: readonly FieldValue[], gone?: readonly Dot[]];
/**
 * An event of the trail: its stamp, what its clock said beyond the stamp's time, offset, entry or 0, then for each field
 * its name, the stamps it replaced, and its value unless the record still holds it.
 */
type PackedTrailField =
  | readonly [name: string, parents: readonly number[]]
  | readonly [name: string, parents: readonly number[], value: FieldValue];
type PackedEvent = readonly [
  stamp: number,
  at: number,
  offset: number | null,
  entry: string | 0,
  ...fields: PackedTrailField[],
];
type PackedState = readonly [id: string, entity: string, fields: readonly PackedField[]];

export interface PackedBody {
  readonly v: 1;
  readonly s: readonly Stamp[];
  readonly r: PackedState;
  readonly e: readonly PackedState[];
  /** Absent in bodies of older versions. */
  readonly h?: readonly PackedEvent[];
  readonly l: readonly number[];
  readonly t: readonly [createdAt: number, updatedAt: number, ownSeq: number];
}

function packBody(body: Body): PackedBody {
  const stamps: Stamp[] = [];
  const positions = new Map<Dot, number>();
  const pack = (state: RecordState): PackedState => [
    state.id,
    state.entity,
    Object.entries(state.fields).map(([name, register]) => packField(name, register, stamps, positions)),
  ];
  const packed = { r: pack(body.state), e: body.entries.map(pack) };
  return {
    v: 1,
    ...packed,
    ...(body.trail.length === 0 ? {} : { h: body.trail.map((event) => packEvent(event, body, stamps, positions)) }),
    s: stamps,
    l: body.log,
    t: [body.createdAt, body.updatedAt, body.ownSeq],
  };
}

function packField(name: string, register: Register, stamps: Stamp[], positions: Map<Dot, number>): PackedField {
  const heads = register.heads.flatMap((head) => {
    let position = positions.get(head.dot);
    if (position === undefined) {
      position = stamps.push([head.dot, head.ms, head.counter]) - 1;
      positions.set(head.dot, position);
    }
    return [position, head.value];
  });
  return register.gone ? [name, heads, register.gone] : [name, heads];
}

/** Position of a dot's stamp. One that no head has is known by its dot alone. */
function positionOf(dot: Dot, stamps: Stamp[], positions: Map<Dot, number>): number {
  const known = positions.get(dot);
  if (known !== undefined) return known;
  const position = stamps.push([dot, 0, 0]) - 1;
  positions.set(dot, position);
  return position;
}

function packEvent(event: TrailEvent, body: Body, stamps: Stamp[], positions: Map<Dot, number>): PackedEvent {
  const stamp = positionOf(event.dot, stamps, positions);
  const state = stateOfEvent(body, event.entry);
  const fields = Object.entries(event.fields).map(([name, { value, parents }]): PackedTrailField => {
    const replaced = parents.map((parent) => positionOf(parent, stamps, positions));
    return heldValue(state, name, event.dot) === value ? [name, replaced] : [name, replaced, value];
  });
  return [stamp, event.at - (stamps[stamp]?.[1] ?? 0), event.offset, event.entry ?? 0, ...fields];
}

function stateOfEvent(body: Pick<Body, 'state' | 'entries'>, entry: string | undefined): RecordState | undefined {
  return entry === undefined ? body.state : body.entries.find(({ id }) => id === entry);
}

/** The value an operation gave a field, while a head still has it; only plain values are told apart. */
function heldValue(state: RecordState | undefined, name: string, dot: Dot): FieldValue | undefined {
  return state?.fields[name]?.heads.find((head) => head.dot === dot)?.value;
}

function unpackEvent(
  [position, at, offset, entry, ...fields]: PackedEvent,
  body: Pick<Body, 'state' | 'entries'>,
  stamps: readonly Stamp[],
): TrailEvent {
  const dotAt = (index: number): Stamp => {
    const stamp = stamps[index];
    if (!stamp) throw new DamagedDatabase(`stored body ${body.state.id}: its trail names stamp ${index}`);
    return stamp;
  };
  const [dot, ms] = dotAt(position);
  const owner = entry === 0 ? undefined : entry;
  const state = stateOfEvent(body, owner);
  return {
    dot,
    at: ms + at,
    offset,
    ...(owner === undefined ? {} : { entry: owner }),
    fields: Object.fromEntries(
      fields.map(([name, parents, value]): [string, TrailValue] => [
        name,
        {
          value: value === undefined ? (heldValue(state, name, dot) ?? null) : value,
          parents: parents.map((index) => dotAt(index)[0]),
        },
      ]),
    ),
  };
}

export function unpackBody(packed: PackedBody): Body {
  const state = unpackState(packed.r, packed.s);
  const entries = packed.e.map((entry) => unpackState(entry, packed.s));
  return {
    entity: state.entity,
    id: state.id,
    state,
    entries,
    trail: (packed.h ?? []).map((event) => unpackEvent(event, { state, entries }, packed.s)),
    log: packed.l,
    createdAt: packed.t[0],
    updatedAt: packed.t[1],
    ownSeq: packed.t[2],
  };
}

/** A body as it is stored: one text, which is written and read far faster than an object of many parts. */
export function encodeBody(body: Body): string {
  return JSON.stringify(packBody(body));
}

/** Throws `DamagedDatabase` for a text that `encodeBody` cannot have written. */
export function decodeBody(text: string): Body {
  let packed: PackedBody;
  try {
    packed = JSON.parse(text) as PackedBody;
  } catch {
    throw new DamagedDatabase(`a stored body is not JSON: ${text.slice(0, 40)}`);
  }
  return unpackBody(packed);
}

export function packedId(packed: PackedBody): string {
  return packed.r[0];
}

function unpackState([id, entity, fields]: PackedState, stamps: readonly Stamp[]): RecordState {
  const registers: Record<string, Register> = {};
  for (const [name, packed, gone] of fields) {
    const heads: Head[] = [];
    for (let at = 0; at < packed.length; at += 2) {
      const position = packed[at];
      const stamp = typeof position === 'number' ? stamps[position] : undefined;
      if (!stamp)
        throw new Error(
          `stored body ${id}: field ${name} names stamp ${String(position)}, of which there are ${stamps.length}`,
        );
      heads.push({ dot: stamp[0], ms: stamp[1], counter: stamp[2], value: packed[at + 1] ?? null });
    }
    registers[name] = gone ? { heads, gone } : { heads };
  }
  return { entity, id, fields: registers };
}
