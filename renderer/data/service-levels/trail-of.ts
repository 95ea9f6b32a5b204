import { entityDefinition } from '../../../shared/domain/entities.ts';
import type { Dot } from '../../../shared/sync/operation.ts';
import type { Head, RecordState } from '../../../shared/sync/record-state.ts';
import type { TrailEvent, TrailValue } from '../../../shared/sync/trail.ts';
import type { Body } from '../storage/body.ts';

/**
 * The trail of a body. What its trail lacks, because the record came as merged state or was stored by an older version,
 * is read off the heads: then only the last value of each field is known, and when it was written.
 */
export function trailOf(body: Body): readonly TrailEvent[] {
  const known = new Set(body.trail.map(({ dot, entry }) => `${dot}/${entry ?? ''}`));
  const added = [
    ...eventsOf(body.state, undefined, known, body.trail),
    ...body.entries.flatMap((entry) => eventsOf(entry, entry.id, known, [])),
  ];
  return added.length === 0 ? body.trail : [...body.trail, ...added];
}

function eventsOf(
  state: RecordState,
  entry: string | undefined,
  known: ReadonlySet<string>,
  trail: readonly TrailEvent[],
): readonly TrailEvent[] {
  const found = new Map<Dot, { readonly ms: number; readonly fields: Record<string, TrailValue> }>();
  for (const name of entityDefinition(state.entity)?.trail ?? []) {
    const heads = state.fields[name]?.heads ?? [];
    for (const { dot, ms, value } of heads) {
      if (known.has(`${dot}/${entry ?? ''}`)) continue;
      const event = found.get(dot) ?? { ms: statedTime(state) ?? ms, fields: {} };
      event.fields[name] = { value, parents: replacedBy(name, heads, trail) };
      found.set(dot, event);
    }
  }
  return [...found].map(([dot, { ms, fields }]) => ({
    dot,
    at: ms,
    offset: 0,
    ...(entry === undefined ? {} : { entry }),
    fields,
  }));
}

/** What of the trail the merged state no longer holds was replaced by somebody whose write is not here: by its heads. */
function replacedBy(name: string, heads: readonly Head[], trail: readonly TrailEvent[]): readonly Dot[] {
  const held = new Set(heads.map(({ dot }) => dot));
  return trail.flatMap(({ dot, entry, fields }) =>
    entry === undefined && Object.hasOwn(fields, name) && !held.has(dot) ? [dot] : [],
  );
}

/** An entry says when it was written, also when it came by an import. */
function statedTime(state: RecordState): number | null {
  const value = state.fields['writtenAt']?.heads[0]?.value;
  return typeof value === 'number' ? value : null;
}
