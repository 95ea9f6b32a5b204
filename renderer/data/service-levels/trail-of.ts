import { entityDefinition } from '../../../shared/domain/entities.ts';
import type { Dot } from '../../../shared/sync/operation.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import type { TrailEvent, TrailValue } from '../../../shared/sync/trail.ts';
import type { Body } from '../storage/body.ts';

/**
 * The trail of a body. What its trail lacks, because the record came as merged state or was stored by an older version,
 * is read off the heads: then only the last value of each field is known, and when it was written.
 */
export function trailOf(body: Body): readonly TrailEvent[] {
  const known = new Set(body.trail.map(({ dot, entry }) => `${dot}/${entry ?? ''}`));
  const added = [
    ...eventsOf(body.state, undefined, known),
    ...body.entries.flatMap((entry) => eventsOf(entry, entry.id, known)),
  ];
  return added.length === 0 ? body.trail : [...body.trail, ...added];
}

function eventsOf(state: RecordState, entry: string | undefined, known: ReadonlySet<string>): readonly TrailEvent[] {
  const found = new Map<Dot, { readonly ms: number; readonly fields: Record<string, TrailValue> }>();
  for (const name of entityDefinition(state.entity)?.trail ?? []) {
    for (const { dot, ms, value } of state.fields[name]?.heads ?? []) {
      if (known.has(`${dot}/${entry ?? ''}`)) continue;
      const event = found.get(dot) ?? { ms: statedTime(state) ?? ms, fields: {} };
      event.fields[name] = { value, parents: [] };
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

/** An entry says when it was written, also when it came by an import. */
function statedTime(state: RecordState): number | null {
  const value = state.fields['writtenAt']?.heads[0]?.value;
  return typeof value === 'number' ? value : null;
}
