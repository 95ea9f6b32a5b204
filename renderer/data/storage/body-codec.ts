import type { Dot, FieldValue } from '../../../shared/sync/operation.ts';
import type { Head, RecordState, Register } from '../../../shared/sync/record-state.ts';
import type { Body } from './body.ts';
import { DamagedDatabase } from './damaged-database.ts';

/**
 * The one codec between bodies and their stored form (D13): encryption at rest comes in here.
 * Most fields of a record were written by the same few operations, so stamps are stored once and named by position.
 */

type Stamp = readonly [dot: Dot, ms: number, counter: number];
/** Field name, then stamp position and value of each head; dots not yet seen, if any, as a last array. */
type PackedField = readonly [name: string, heads: readonly FieldValue[], gone?: readonly Dot[]];
type PackedState = readonly [id: string, entity: string, fields: readonly PackedField[]];

export interface PackedBody {
  readonly v: 1;
  readonly s: readonly Stamp[];
  readonly r: PackedState;
  readonly e: readonly PackedState[];
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
  return {
    v: 1,
    r: pack(body.state),
    e: body.entries.map(pack),
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

export function unpackBody(packed: PackedBody): Body {
  const state = unpackState(packed.r, packed.s);
  return {
    entity: state.entity,
    id: state.id,
    state,
    entries: packed.e.map((entry) => unpackState(entry, packed.s)),
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
