import type { ImportVerb, ReplayedHistory } from './import-step.ts';
import { differences, type Fields } from './ticket-defaults.ts';

/** One row of an update log, read: the record as it was after the update. */
export interface UpdateRow {
  readonly row: number;
  readonly line: number;
  /** When the update was made, in ms. */
  readonly at: number;
  /** Count of updates before it, null when the file has none; orders what happened in the same minute. */
  readonly sequence: number | null;
  /** Id of the person who made it. */
  readonly user: string;
  /** Values of the row; a field that the row refused is absent, one that it has not is null. */
  readonly fields: Fields;
}

export interface ReplayedStep {
  readonly at: number;
  readonly user: string;
  readonly verb: ImportVerb;
  readonly sequence: number | null;
  readonly fields: Fields;
}

/**
 * Fields whose value in every row of a log is the final one, known only in hindsight. They are applied when their time
 * has come: when the state becomes resolved or closed.
 */
const hindsight: ReadonlySet<string> = new Set([
  'resolutionCode',
  'resolutionNotes',
  'resolvedBy',
  'resolvedAt',
  'closedAt',
]);
const resolvedFields = ['resolutionCode', 'resolutionNotes', 'resolvedBy'] as const;

export function orderUpdates(rows: readonly UpdateRow[]): readonly UpdateRow[] {
  return rows.toSorted(
    (left, right) => left.at - right.at || (left.sequence ?? 0) - (right.sequence ?? 0) || left.row - right.row,
  );
}

/**
 * Replays the updates of one ticket, given in order: each row becomes one step with what it changed. A row that changed
 * nothing we keep still happened: its step writes the state again, which merges silently.
 *
 * A row is known by its time and sequence. Rows replayed by an earlier import, or repeated in the file, make no step. If
 * after all of them some field differs from what the file says at its newest row (a row was corrected, or an older one
 * came late), a last step puts it right.
 */
export function replayUpdates(
  rows: readonly UpdateRow[],
  before: ReplayedHistory | undefined,
): { readonly steps: readonly ReplayedStep[]; readonly final: Fields } {
  const replayed = countKeys(before?.updates ?? []);
  const overlaps = rows.some((row) => replayed.has(keyOf(row)));
  const lastResolution = rows.findLastIndex(
    (row, index) => isSettled(row.fields['state']) && !isSettled(rows[index - 1]?.fields['state']),
  );
  const steps: ReplayedStep[] = [];
  const written: Fields = { ...before?.fields };
  // A file that repeats known rows tells the whole story itself; one that only continues it starts from what is known.
  let current: Fields = overlaps ? {} : { ...written };
  let fresh = before === undefined;
  rows.forEach((row, index) => {
    const next = stateAfter(row, current, index >= lastResolution, index === rows.length - 1);
    const changed = fresh ? next : differences(current, next);
    const nothing = Object.keys(changed).length === 0;
    const known = replayed.get(keyOf(row)) ?? 0;
    if (known > 0) {
      replayed.set(keyOf(row), known - 1);
    } else if (!nothing || !repeats(row, rows[index - 1])) {
      const fields = nothing ? { state: next['state'] ?? 'new' } : changed;
      steps.push({
        at: row.at,
        user: row.user,
        verb: fresh ? 'create' : verbOf(current, next),
        sequence: row.sequence,
        fields,
      });
      Object.assign(written, fields);
      fresh = false;
    }
    current = next;
  });
  const last = rows.at(-1);
  if (!last) return { steps, final: current };
  const newest = (before?.updates ?? []).reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
  const final = last.at >= newest ? current : { ...cleared(written), ...before?.fields };
  const left = differences(written, final);
  if (Object.keys(left).length > 0)
    steps.push({ at: last.at, user: last.user, verb: 'correct', sequence: null, fields: left });
  return { steps, final };
}

function keyOf({ at, sequence }: { readonly at: number; readonly sequence: number | null }): string {
  return `${at} ${sequence ?? ''}`;
}

/** The same update twice in the file: only a sequence can tell it from two updates in one minute. */
function repeats(row: UpdateRow, before: UpdateRow | undefined): boolean {
  return before !== undefined && row.sequence !== null && keyOf(row) === keyOf(before);
}

function cleared(fields: Fields): Fields {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, name.includes('/') ? false : null]));
}

/** The ticket after one update. `final`: the values known in hindsight hold from here on; `last`: nothing comes after. */
function stateAfter(row: UpdateRow, before: Fields, final: boolean, last: boolean): Fields {
  const after = takeOver(row, before);
  const state = (after['state'] ??= 'new');
  if (state !== 'on-hold' && after['onHoldReason'] !== undefined) after['onHoldReason'] = null;
  const wasSettled = isSettled(before['state']);
  if (!isSettled(state)) return wasSettled ? reopened(after, row) : after;
  if (!wasSettled) {
    after['resolvedAt'] = row.at;
    after['resolvedBy'] = row.user;
  }
  if (state !== 'resolved' && before['state'] !== state) after['closedAt'] = row.at;
  if (final) applyHindsight(after, row, last);
  return after;
}

/** The values of the row in place of those before; a tag the row no longer has goes. */
function takeOver(row: UpdateRow, before: Fields): Fields {
  const after: Fields = { ...before };
  for (const name in before) {
    if (before[name] === true && row.fields[name] === undefined && name.startsWith('tags/')) after[name] = false;
  }
  for (const name in row.fields) if (!hindsight.has(name)) after[name] = row.fields[name] ?? null;
  return after;
}

function applyHindsight(after: Fields, row: UpdateRow, last: boolean): void {
  for (const name of resolvedFields) {
    const value = row.fields[name] ?? null;
    if (value !== null) after[name] = value;
  }
  applyTime(after, 'resolvedAt', row, last);
  if (after['state'] !== 'resolved') applyTime(after, 'closedAt', row, last);
}

/** A time that has not come yet waits for a later row; the last row takes it as it is. */
function applyTime(after: Fields, name: 'resolvedAt' | 'closedAt', row: UpdateRow, last: boolean): void {
  const time = row.fields[name];
  if (typeof time === 'number' && (last || time <= row.at)) after[name] = time;
}

/** As `ticket.reopen`: the notes stay, they are the start of the next solution. */
function reopened(fields: Fields, row: UpdateRow): Fields {
  return {
    ...fields,
    resolutionCode: null,
    resolvedBy: null,
    resolvedAt: null,
    closedAt: null,
    lastReopenedBy: row.user,
    lastReopenedAt: row.at,
    reopenCount: row.fields['reopenCount'] ?? Number(fields['reopenCount'] ?? 0) + 1,
  };
}

function verbOf(before: Fields, after: Fields): ImportVerb {
  const [from, to] = [before['state'], after['state']];
  if (from !== to) {
    if (to === 'on-hold') return 'hold';
    if (to === 'resolved') return 'resolve';
    if (to === 'closed') return 'close';
    if (to === 'canceled') return 'cancel';
    if (isSettled(from)) return 'reopen';
    return from === 'on-hold' ? 'resume' : 'start';
  }
  const assigned = before['queue'] !== after['queue'] || before['assignee'] !== after['assignee'];
  return assigned ? 'assign' : 'update';
}

function isSettled(state: unknown): boolean {
  return state === 'resolved' || state === 'closed' || state === 'canceled';
}

function countKeys(updates: ReplayedHistory['updates']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const update of updates) counts.set(keyOf(update), (counts.get(keyOf(update)) ?? 0) + 1);
  return counts;
}
