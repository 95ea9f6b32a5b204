import type { CommandOutcome, ListResult, RecordView } from '../../data/data-api.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import { ticketMoves } from '../../../shared/domain/ticket/ticket-lifecycle.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { emptySelection } from '../../store/selection.ts';
import { listsSlice } from '../../store/lists-slice.ts';
import type { Desk } from '../../widgets/desk.ts';
import { referenceOf } from '../../widgets/row-title.ts';
import { currentTicketList } from './ticket-list.ts';

/** What people do with one ticket or many: the same words for keys, menus, the bulk bar and dialogs. */

export function openOverlay(desk: Desk, id: string, ids?: readonly string[]): void {
  desk.dispatch(overlaySlice.actions.openedOverlay({ id, ...(ids === undefined ? {} : { ids }) }));
}

/** Whether anything is chosen in the list, open, or under the cursor. */
export function hasTarget(desk: Desk): boolean {
  const state = desk.getState();
  const { selection, cursorId } = currentTicketList(state, desk.services.actor.id).state;
  return (
    selection.kind === 'all' || selection.ids.length > 0 || state.navigation.place.record !== null || cursorId !== null
  );
}

/** Ids an action is about: what is chosen in the list, else the open ticket, else the one under the cursor. */
export async function targetsOf(desk: Desk): Promise<readonly string[]> {
  const state = desk.getState();
  const list = currentTicketList(state, desk.services.actor.id);
  const { selection, cursorId } = list.state;
  if (selection.kind === 'some' && selection.ids.length > 0) return selection.ids;
  if (selection.kind === 'all') return (await allIds(desk)).filter((id) => !selection.except.includes(id));
  const one = state.navigation.place.record ?? cursorId;
  return one === null ? [] : [one];
}

const idsPerQuery = 2_000;

async function allIds(desk: Desk): Promise<readonly string[]> {
  const list = currentTicketList(desk.getState(), desk.services.actor.id);
  const ids: string[] = [];
  for (;;) {
    const answer = await desk.services.data.call('query', list.query(ids.length, idsPerQuery));
    const { rows, total } = answer as ListResult;
    if (rows.length === 0) return ids;
    ids.push(...rows.map(({ id }) => id));
    if (ids.length >= total) return ids;
  }
}

/**
 * Runs a ticket command on the targets: one as itself, many as one bulk with one undo. The toast tells how many took
 * the change. What was chosen stays chosen only when nothing was changed.
 */
export async function runOnTickets(
  desk: Desk,
  ids: readonly string[],
  command: string,
  input: Readonly<Record<string, FieldValue>>,
  told: { readonly done: string; readonly showsRefusal?: true },
): Promise<CommandOutcome> {
  const [one] = ids;
  if (one !== undefined && ids.length === 1) return desk.runner.run(command, { id: one, ...input }, told);
  const done = desk.translate('done.bulk', { done: told.done, count: ids.length });
  const outcome = await desk.runner.run('ticket.bulk', { ids, command, input }, { ...told, done });
  if (outcome.ok) {
    const changed = new Set(outcome.value.ids);
    const kept = ids.filter((id) => !changed.has(id)).length;
    if (kept > 0 && command !== 'ticket.comment')
      desk.runner.tell(desk.translate('done.bulk-kept', { kept, count: ids.length }), 'refused');
    const list = currentTicketList(desk.getState(), desk.services.actor.id).key;
    desk.dispatch(listsSlice.actions.selected({ list, selection: emptySelection }));
  }
  return outcome;
}

export async function assignToMe(desk: Desk, ids: readonly string[]): Promise<void> {
  await runOnTickets(
    desk,
    ids,
    'ticket.assign',
    { assignee: desk.services.actor.id },
    { done: desk.translate('done.assigned-to-me') },
  );
}

const movesWithDialog: ReadonlySet<string> = new Set(['hold', 'resolve', 'cancel']);

/** A move that needs a reason opens its dialog, the others happen at once. */
export function startMove(desk: Desk, move: string, ids: readonly string[]): void {
  if (movesWithDialog.has(move)) return openOverlay(desk, `ticket-${move}`, ids);
  if (ticketMoves.some((known) => known === move))
    void runOnTickets(desk, ids, `ticket.${move}`, {}, { done: desk.translate(`done.${move}`) });
}

export async function toggleWatching(desk: Desk, id: string, isWatching: boolean): Promise<void> {
  await desk.runner.run(
    isWatching ? 'ticket.unwatch' : 'ticket.watch',
    { id },
    { done: desk.translate(isWatching ? 'done.unwatch' : 'done.watch') },
  );
}

/** One ticket: watches it or stops, whichever is not so. Several: watches them all. */
export async function toggleWatchingAll(desk: Desk, ids: readonly string[]): Promise<void> {
  const [one] = ids;
  if (one === undefined || ids.length > 1) {
    await runOnTickets(desk, ids, 'ticket.watch', {}, { done: desk.translate('done.watch') });
    return;
  }
  const record = (await desk.services.data.call('query', { type: 'record', id: one })) as RecordView | null;
  if (record !== null) await toggleWatching(desk, one, record.values[`watchers/${desk.services.actor.id}`] === true);
}

export async function copyReference(desk: Desk, reference: string): Promise<void> {
  const copied = await desk.services.desktop.call('copyText', { text: reference });
  if (copied.ok) desk.runner.tell(desk.translate('toast.copied', { text: reference }));
  else desk.runner.tell(desk.translate('failure.copy'), 'refused');
}

/** The references of the targets, one a line. */
export async function copyReferences(desk: Desk): Promise<void> {
  const references: string[] = [];
  for (const id of await targetsOf(desk)) {
    const answer = await desk.services.data.call('query', { type: 'record', id });
    const record = answer as RecordView | null;
    if (record !== null) references.push(referenceOf(record.values));
  }
  if (references.length > 0) await copyReference(desk, references.join('\n'));
}
