import { layoutSlice } from '../../store/layout-slice.ts';
import { listsSlice } from '../../store/lists-slice.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { emptySelection } from '../../store/selection.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import type { Desk } from '../../widgets/desk.ts';
import { focusTarget } from '../../widgets/focus-target.ts';
import { exportTicketList } from './export-list.ts';
import { currentTicketList } from './ticket-list.ts';

/** Moves through the list as its own arrow key would, so that there is one way of moving. */
function pressInList(key: string): void {
  if (!focusTarget('list')) return;
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function goTo(view: string): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(navigationSlice.actions.wentTo({ screen: 'tickets', view, record: null }));
  };
}

/** Clears what is chosen, else closes the open ticket. */
function stepBack(desk: Desk): void {
  const { key, state } = currentTicketList(desk.getState(), desk.services.actor.id);
  if (state.selection.kind === 'all' || state.selection.ids.length > 0)
    desk.dispatch(listsSlice.actions.selected({ list: key, selection: emptySelection }));
  else desk.dispatch(navigationSlice.actions.closedRecord());
}

/** Moving through the list and from one list to another. */
export const listCommands: readonly AppCommand[] = [
  {
    id: 'list.search',
    title: 'command.search',
    group: 'list',
    keys: ['/', 'Mod+f'],
    run: () => {
      focusTarget('search');
    },
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
    id: 'list.export',
    title: 'command.export-list',
    group: 'list',
    keys: ['Mod+Shift+e'],
    whileTyping: true,
    run: (desk) => void exportTicketList(desk),
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
  {
    id: 'list.hide',
    title: 'command.hide-list',
    group: 'list',
    keys: ['['],
    run: (desk) => {
      desk.dispatch(layoutSlice.actions.toggledList());
    },
  },
  { id: 'list.back', title: 'command.escape', group: 'list', keys: ['Escape'], run: stepBack, isHidden: true },
  { id: 'go.my-work', title: 'command.view.my-work', group: 'go', keys: ['g w'], run: goTo('my-work') },
  { id: 'go.unassigned', title: 'command.view.unassigned', group: 'go', keys: ['g u'], run: goTo('unassigned') },
  { id: 'go.due-soon', title: 'command.view.due-soon', group: 'go', keys: ['g d'], run: goTo('due-soon') },
  { id: 'go.all-open', title: 'command.view.all-open', group: 'go', keys: ['g o'], run: goTo('all-open') },
  { id: 'go.all', title: 'command.view.all', group: 'go', keys: ['g a'], run: goTo('all') },
];
