import type { CommandOutcome, RecordView } from '../../data/data-api.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import { ticketMoves } from '../../../shared/domain/ticket/ticket-lifecycle.ts';
import { overlaySlice, type Overlay } from '../../store/overlay-slice.ts';
import type { Desk } from '../../widgets/desk.ts';
import {
  hasTarget as listHasTarget,
  targetsOf as targetsOfList,
  useTargets as useListTargets,
} from '../../widgets/list-targets.ts';
import { referenceOf } from '../../widgets/row-title.ts';
import { runOnMany } from '../../widgets/run-on-many.ts';
import { currentTicketList, type TicketList } from './ticket-list.ts';

/** What people do with one ticket or many: the same words for keys, menus, the bulk bar and dialogs. */

export function openOverlay(desk: Desk, id: string, ids?: readonly string[]): void {
  desk.dispatch(overlaySlice.actions.openedOverlay({ id, ...(ids === undefined ? {} : { ids }) }));
}

const readList = (desk: Desk): TicketList => currentTicketList(desk.getState(), desk.services.actor.id);

export function hasTarget(desk: Desk): boolean {
  return listHasTarget(desk, readList);
}

export function targetsOf(desk: Desk): Promise<readonly string[]> {
  return targetsOfList(desk, readList);
}

/** The tickets a dialog is about. */
export function useTargets(overlay: Overlay): readonly string[] {
  return useListTargets(overlay, readList);
}

/** Runs a ticket command on the targets: one as itself, many as one bulk with one undo. */
export function runOnTickets(
  desk: Desk,
  ids: readonly string[],
  command: string,
  input: Readonly<Record<string, FieldValue>>,
  told: { readonly done: string; readonly showsRefusal?: true },
): Promise<CommandOutcome> {
  return runOnMany(desk, {
    ...told,
    ids,
    list: readList(desk).key,
    one: (id) => ({ command, input: { id, ...input } }),
    many: { command: 'ticket.bulk', input: { ids, command, input } },
    doneMany: (count) => desk.translate('done.bulk', { done: told.done, count }),
    keptMany: command === 'ticket.comment' ? null : (kept, count) => desk.translate('done.bulk-kept', { kept, count }),
  });
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
