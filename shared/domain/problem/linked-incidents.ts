import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { FieldValue } from '../../sync/operation.ts';
import type { Change, RecordValues } from '../change.ts';
import type { DecisionContext, DecisionRow, ReadRequest } from '../command.ts';
import { moveFields } from '../ticket/move-fields.ts';
import { cascadeMove } from '../ticket/parent-cascade.ts';
import type { EntryAudience } from '../ticket/ticket-entries.ts';
import { stateOf } from '../ticket/ticket-values.ts';
import { ticketEntry } from '../ticket/ticket.ts';
import { isFixApplied } from './problem-lifecycle.ts';

type Rows = ReadonlyMap<string, DecisionRow>;

/** The incidents of a problem with their notes, and below each its children, for the cascade of INC-4. */
export function readsOfIncidents(problem: string): ReadRequest {
  return {
    ids: [problem],
    pointing: [{ entity: 'ticket', field: 'problem', to: problem, below: { entity: 'ticket', field: 'parent' } }],
    withEntries: true,
  };
}

const finished: ReadonlySet<unknown> = new Set(['resolved', 'closed', 'canceled']);

/** Open incidents that are linked to a problem. */
export function openIncidentsOf(problem: string, rows: Rows): readonly DecisionRow[] {
  return [...rows.values()].filter(
    ({ entity, values }) => entity === 'ticket' && values['problem'] === problem && !finished.has(stateOf(values)),
  );
}

interface Notice {
  readonly audience: EntryAudience;
  readonly text: string;
  /** Who stands behind it and since when: never the moment of telling, so that every device writes the same note. */
  readonly by: FieldValue | undefined;
  readonly at: FieldValue | undefined;
}

/**
 * A note on an incident whose id is the digest of all it says: told twice, or by two devices that do not see each other,
 * it is one note. None when it is there already, or when the problem has nothing to say.
 */
export function noticeTo(incident: string, source: DecisionRow, notice: Notice, rows: Rows): readonly Change[] {
  const { by, at, audience } = notice;
  if (notice.text === '' || typeof by !== 'string' || typeof at !== 'number') return [];
  const heading = String(source.values['number'] ?? source.values['reference'] ?? '');
  const body = `${heading}\n\n${notice.text}`.trim().slice(0, ticketEntry.fields.body.maxLength);
  const fields = { ticket: incident, audience, body, author: by, writtenAt: at };
  const digest = bytesToHex(sha256(utf8ToBytes(JSON.stringify([source.id, fields])))).slice(0, 32);
  const id = `note-${digest}`;
  return rows.has(id) ? [] : [{ entity: 'ticket-entry', id, create: true, fields }];
}

/** PRB-1: the workaround as a work note on every open incident, and as a reply to its caller where that is wanted. */
export function tellWorkaround(problem: DecisionRow, toCaller: boolean, rows: Rows): readonly Change[] {
  const { workaround, workaroundBy: by, workaroundAt: at } = problem.values;
  const text = typeof workaround === 'string' ? workaround : '';
  const audiences: readonly EntryAudience[] = toCaller ? ['work-note', 'comment'] : ['work-note'];
  return openIncidentsOf(problem.id, rows).flatMap(({ id }) =>
    audiences.flatMap((audience) => noticeTo(id, problem, { audience, text, by, at }, rows)),
  );
}

/**
 * What a finished problem means for its incidents. PRB-2: with the fix applied, those that await a problem are resolved
 * by it, and their children with them (INC-4). PRB-3: an accepted risk is told to each, which stays as it is. The same
 * again changes nothing; an incident that was linked elsewhere meanwhile gets it when somebody asks again.
 */
export function tellOutcome(problem: DecisionRow, rows: Rows, context: DecisionContext): readonly Change[] {
  const { values } = problem;
  if (values['resolutionCode'] === 'risk-accepted') {
    const text = typeof values['riskReason'] === 'string' ? values['riskReason'] : '';
    const notice = { audience: 'work-note', text, by: values['resolvedBy'], at: values['resolvedAt'] } as const;
    return openIncidentsOf(problem.id, rows).flatMap(({ id }) => noticeTo(id, problem, notice, rows));
  }
  if (!isFixApplied(values)) return [];
  const details = { code: 'solved-by-problem', notes: String(values['fixNotes'] ?? '') };
  const changes: Change[] = [];
  for (const incident of openIncidentsOf(problem.id, rows)) {
    if (!awaitsProblem(incident.values)) continue;
    const moved = moveFields(incident.values, 'resolve', details, context);
    if (!moved.ok) continue;
    changes.push({ entity: 'ticket', id: incident.id, fields: moved.value });
    changes.push(...cascadeMove(incident, 'resolve', details, rows, context));
  }
  return mergeByRecord(changes);
}

export function awaitsProblem(values: RecordValues): boolean {
  return stateOf(values) === 'on-hold' && values['onHoldReason'] === 'awaiting-problem';
}

/** An incident that is linked itself and is the child of another is resolved once. */
function mergeByRecord(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [change.id, change])).values()];
}
