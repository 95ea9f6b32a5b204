import { layoutSlice } from '../../store/layout-slice.ts';
import { listsSlice } from '../../store/lists-slice.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { emptySelection } from '../../store/selection.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import type { Desk } from '../../widgets/desk.ts';
import { focusTarget } from '../../widgets/focus-target.ts';
import { assignToMe, copyReferences, hasTarget, openOverlay, startMove, targetsOf } from './ticket-actions.ts';
import { currentTicketList } from './ticket-list.ts';

/** Moves through the list as its own arrow key would, so that there is one way of moving. */
function pressInList(key: string): void {
  if (!focusTarget('list')) return;
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function dialog(id: string): (desk: Desk) => void {
  return (desk) => {
    openOverlay(desk, id);
  };
}

function write(audience: 'comment' | 'work-note'): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(layoutSlice.actions.changedLayout({ audience }));
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('[data-focus-area="composer"] textarea')?.focus();
    });
  };
}

function goTo(view: string): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(navigationSlice.actions.wentTo({ screen: 'tickets', view, record: null }));
  };
}

const isRecordOpen = (desk: Desk): boolean => desk.getState().navigation.place.record !== null;

/** Clears what is chosen, else closes the open ticket. */
function stepBack(desk: Desk): void {
  const { key, state } = currentTicketList(desk.getState(), desk.services.actor.id);
  if (state.selection.kind === 'all' || state.selection.ids.length > 0)
    desk.dispatch(listsSlice.actions.selected({ list: key, selection: emptySelection }));
  else desk.dispatch(navigationSlice.actions.closedRecord());
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
    run: (desk) =>
      void targetsOf(desk).then((ids) => {
        startMove(desk, 'start', ids);
      }),
  },
  {
    id: 'ticket.reopen',
    title: 'command.reopen',
    group: 'ticket',
    keys: [],
    when: hasTarget,
    run: (desk) =>
      void targetsOf(desk).then((ids) => {
        startMove(desk, 'reopen', ids);
      }),
  },
  {
    id: 'ticket.cancel',
    title: 'command.cancel',
    group: 'ticket',
    keys: [],
    when: hasTarget,
    run: dialog('ticket-cancel'),
  },
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
    id: 'list.next',
    title: 'command.next',
    group: 'list',
    keys: ['j'],
    run: () => {
      pressInList('ArrowDown');
    },
    isHidden: true,
  },
  {
    id: 'list.previous',
    title: 'command.previous',
    group: 'list',
    keys: ['k'],
    run: () => {
      pressInList('ArrowUp');
    },
    isHidden: true,
  },
  {
    id: 'list.open',
    title: 'command.open',
    group: 'list',
    keys: ['o'],
    run: () => {
      pressInList('Enter');
    },
    isHidden: true,
  },
  {
    id: 'list.select',
    title: 'command.select',
    group: 'list',
    keys: ['x'],
    run: () => {
      pressInList(' ');
    },
    isHidden: true,
  },
  {
    id: 'list.select-all',
    title: 'command.select-all',
    group: 'list',
    keys: ['Mod+a'],
    isHidden: true,
    run: (desk) => {
      desk.dispatch(
        listsSlice.actions.selected({
          list: currentTicketList(desk.getState(), desk.services.actor.id).key,
          selection: { kind: 'all', except: [] },
        }),
      );
    },
  },
  {
    id: 'list.mode',
    title: 'command.mode',
    group: 'list',
    keys: ['Mod+Shift+l'],
    run: (desk) => {
      desk.dispatch(layoutSlice.actions.toggledListMode());
    },
  },
  { id: 'list.back', title: 'command.escape', group: 'list', keys: ['Escape'], run: stepBack, isHidden: true },
  { id: 'go.my-work', title: 'command.view.my-work', group: 'go', keys: ['g w'], run: goTo('my-work') },
  { id: 'go.unassigned', title: 'command.view.unassigned', group: 'go', keys: ['g u'], run: goTo('unassigned') },
  { id: 'go.all-open', title: 'command.view.all-open', group: 'go', keys: ['g o'], run: goTo('all-open') },
  { id: 'go.all', title: 'command.view.all', group: 'go', keys: ['g a'], run: goTo('all') },
];
