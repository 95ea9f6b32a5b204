import { z } from 'zod';
import type { HashOf } from './admission.ts';
import { hashOperation } from './operation-hash.ts';
import { dotOf, type Dot, type Operation, type Write } from './operation.ts';

/**
 * The mark an authority puts in the place of an operation it refused (D7). It holds none of the refused values (I13);
 * it keeps the device's sequence and hash chain whole, and says what the operation would have replaced, so that later
 * writes which saw the refused value still replace what that value had replaced.
 * Invariant: once void, always void: the set of voidings of a space only grows.
 */
export interface Voiding {
  readonly device: string;
  readonly seq: number;
  readonly previousHash: string;
  /** Hash of the refused operation. */
  readonly hash: string;
  /** Why, as a code that the author's screen explains. */
  readonly code: string;
  /**
   * Per write, the fields in which it replaced something, with what it replaced. A field without parents is left out:
   * its name may be a value itself (`tags/...`). So every name here is one that its readers had before.
   */
  readonly replaced: readonly Pick<Write, 'entity' | 'id' | 'parents'>[];
}

const dotSchema = z.templateLiteral([z.string(), ':', z.number().int().positive()]);

export const voidingSchema: z.ZodType<Voiding> = z.strictObject({
  device: z.string(),
  seq: z.int().positive(),
  previousHash: z.string(),
  hash: z.string(),
  code: z.string(),
  replaced: z.array(
    z.strictObject({ entity: z.string(), id: z.string(), parents: z.record(z.string(), z.array(dotSchema)) }),
  ),
});

/** `voidingOf` knows what was refused before: a parent that is refused itself gives way to what it had replaced. */
export function voidOperation(operation: Operation, code: string, voidingOf: VoidingOf): Voiding {
  const replaced = operation.writes.map(({ entity, id, parents }) => ({
    entity,
    id,
    parents: Object.fromEntries(
      Object.entries(parents)
        .map(([field, dots]) => [field, effectiveParents({ entity, id }, field, dots, voidingOf)] as const)
        .filter(([, dots]) => dots.length > 0),
    ),
  }));
  const { device, seq, previousHash } = operation;
  return { device, seq, previousHash, hash: hashOperation(operation), code, replaced };
}

/**
 * What to do with a voiding of a dot that is held:
 * - take-out: put it in the operation's place and fold the records it touched again;
 * - duplicate: known already; foreign-hash: it is for other content of the dot than is held;
 * - needs-history: the operation lies inside the snapshot and cannot be taken out again.
 */
export type VoidingVerdict = 'take-out' | 'duplicate' | 'foreign-hash' | 'needs-history';

export function judgeVoiding(
  voiding: Voiding,
  { voidingOf, inSnapshot, hashOf }: { voidingOf: VoidingOf; inSnapshot: (dot: Dot) => boolean; hashOf: HashOf },
): VoidingVerdict {
  const dot = dotOf(voiding);
  if (voidingOf(dot) !== undefined) return 'duplicate';
  if (inSnapshot(dot)) return 'needs-history';
  return hashOf(dot) === voiding.hash ? 'take-out' : 'foreign-hash';
}

/** Finds the voiding of a dot, if it was refused. */
export type VoidingOf = (dot: Dot) => Voiding | undefined;

/** The parents of a write to one field, with each refused one replaced by what it had replaced itself. */
export function effectiveParents(
  write: Pick<Write, 'entity' | 'id'>,
  field: string,
  parents: readonly Dot[],
  voidingOf: VoidingOf,
): readonly Dot[] {
  if (!parents.some((parent) => voidingOf(parent) !== undefined)) return parents;
  const effective = new Set<Dot>();
  const pending = [...parents];
  const visited = new Set<Dot>();
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    if (visited.has(parent)) continue;
    visited.add(parent);
    const voiding = voidingOf(parent);
    if (voiding === undefined) effective.add(parent);
    else pending.push(...replacedIn(voiding, write, field));
  }
  return [...effective].sort();
}

/** What a refused operation named as parents for one field of one record. */
function replacedIn(voiding: Voiding, write: Pick<Write, 'entity' | 'id'>, field: string): readonly Dot[] {
  return voiding.replaced
    .filter((each) => each.entity === write.entity && each.id === write.id && Object.hasOwn(each.parents, field))
    .flatMap((each) => each.parents[field] ?? []);
}
