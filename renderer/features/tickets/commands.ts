import { layoutSlice } from '../../store/layout-slice.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import type { Desk } from '../../widgets/desk.ts';
import { focusTarget } from '../../widgets/focus-target.ts';
import {
  assignToMe,
  copyReferences,
  hasTarget,
  openOverlay,
  runOnTickets,
  startMove,
  targetsOf,
  toggleWatchingAll,
} from './ticket-actions.ts';

function dialog(id: string): (desk: Desk) => void {
  return (desk) => {
    openOverlay(desk, id);
  };
}

function write(audience: 'comment' | 'work-note'): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(layoutSlice.actions.changedLayout({ audience }));
    requestAnimationFrame(() => {
      focusTarget('composer');
    });
  };
}

const isRecordOpen = (desk: Desk): boolean => desk.getState().navigation.place.record !== null;

/** Opens the title for writing, as pressing it does. */
function editTitle(): void {
  document.querySelector<HTMLElement>('[data-focus="title"]')?.click();
}

function move(name: string): (desk: Desk) => void {
  return (desk) =>
    void targetsOf(desk).then((ids) => {
      startMove(desk, name, ids);
    });
}

export const ticketCommands: readonly AppCommand[] = [
  { id: 'ticket.new', title: 'command.new', group: 'create', keys: ['c', 'Mod+n'], run: dialog('ticket-new') },
  {
    id: 'ticket.assign-to-me',
    title: 'command.assign-to-me',
    group: 'ticket',
    keys: ['i'],
    when: hasTarget,
    run: (desk) => void targetsOf(desk).then((ids) => assignToMe(desk, ids)),
  },
  {
    id: 'ticket.assign',
    title: 'command.assign',
    group: 'ticket',
    keys: ['a'],
    when: hasTarget,
    run: dialog('ticket-assign'),
  },
  {
    id: 'ticket.state',
    title: 'command.state',
    group: 'ticket',
    keys: ['s'],
    when: hasTarget,
    run: dialog('ticket-state'),
  },
  {
    id: 'ticket.priority',
    title: 'command.priority',
    group: 'ticket',
    keys: ['p'],
    when: hasTarget,
    run: dialog('ticket-priority'),
  },
  {
    id: 'ticket.recalculate-priority',
    title: 'command.recalculate-priority',
    group: 'ticket',
    keys: [],
    when: hasTarget,
    run: (desk) =>
      void targetsOf(desk).then((ids) =>
        runOnTickets(desk, ids, 'ticket.recalculate-priority', {}, { done: desk.translate('done.recalculated') }),
      ),
  },
  {
    id: 'ticket.priority-matrix',
    title: 'command.priority-matrix',
    group: 'desk',
    keys: [],
    run: dialog('ticket-priority-matrix'),
  },
  {
    id: 'ticket.resolve',
    title: 'command.resolve',
    group: 'ticket',
    keys: ['Mod+Shift+Enter'],
    when: hasTarget,
    run: dialog('ticket-resolve'),
  },
  {
    id: 'ticket.hold',
    title: 'command.hold',
    group: 'ticket',
    keys: ['h'],
    when: hasTarget,
    run: dialog('ticket-hold'),
  },
  {
    id: 'ticket.start',
    title: 'command.start',
    group: 'ticket',
    keys: [],
    when: hasTarget,
    run: move('start'),
  },
  { id: 'ticket.resume', title: 'command.resume', group: 'ticket', keys: [], when: hasTarget, run: move('resume') },
  { id: 'ticket.close', title: 'command.close', group: 'ticket', keys: [], when: hasTarget, run: move('close') },
  {
    id: 'ticket.reopen',
    title: 'command.reopen',
    group: 'ticket',
    keys: [],
    when: hasTarget,
    run: move('reopen'),
  },
  {
    id: 'ticket.cancel',
    title: 'command.cancel',
    group: 'ticket',
    keys: [],
    when: hasTarget,
    run: dialog('ticket-cancel'),
  },
  { id: 'ticket.edit', title: 'command.edit', group: 'ticket', keys: ['e', 'F2'], when: isRecordOpen, run: editTitle },
  {
    id: 'ticket.note',
    title: 'command.note',
    group: 'ticket',
    keys: ['m'],
    when: isRecordOpen,
    run: write('work-note'),
  },
  {
    id: 'ticket.reply',
    title: 'command.reply',
    group: 'ticket',
    keys: ['r'],
    when: isRecordOpen,
    run: write('comment'),
  },
  { id: 'ticket.tag', title: 'command.tag', group: 'ticket', keys: ['t'], when: hasTarget, run: dialog('ticket-tag') },
  { id: 'ticket.link', title: 'command.link', group: 'ticket', keys: [], when: hasTarget, run: dialog('ticket-link') },
  {
    id: 'ticket.copy-reference',
    title: 'command.copy-reference',
    group: 'ticket',
    keys: ['Mod+Shift+c'],
    when: hasTarget,
    run: (desk) => void copyReferences(desk),
  },
  {
    id: 'ticket.watch',
    title: 'command.watch',
    group: 'ticket',
    keys: ['w'],
    when: hasTarget,
    run: (desk) => void targetsOf(desk).then((ids) => toggleWatchingAll(desk, ids)),
  },
  {
    id: 'ticket.add-watcher',
    title: 'command.add-watcher',
    group: 'ticket',
    keys: [],
    when: hasTarget,
    run: dialog('ticket-watcher'),
  },
];
