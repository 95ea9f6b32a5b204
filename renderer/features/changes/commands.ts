import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import type { Desk } from '../../widgets/desk.ts';
import { focusTarget } from '../../widgets/focus-target.ts';
import { changesScreen, readView, type ChangeScreenView } from './change-list.ts';

function go(view: ChangeScreenView): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(navigationSlice.actions.wentTo({ screen: changesScreen, view, record: null }));
  };
}

function open(id: string): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(overlaySlice.actions.openedOverlay({ id }));
  };
}

/** Opens a dialog about the open record. */
function about(id: string): (desk: Desk) => void {
  return (desk) => {
    const { record } = desk.getState().navigation.place;
    if (record !== null) desk.dispatch(overlaySlice.actions.openedOverlay({ id, ids: [record] }));
  };
}

const isOpen = (desk: Desk): boolean => desk.getState().navigation.place.record !== null;
const isList = (desk: Desk): boolean => ['open', 'all'].includes(readView(desk.getState().navigation.place.view));

function press(key: string): () => void {
  return () => {
    if (!focusTarget('list')) return;
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
}

const here = { group: 'list', screen: changesScreen } as const;

export const changeCommands: readonly AppCommand[] = [
  { id: 'changes.open', title: 'command.changes', group: 'go', keys: ['g e'], run: go('open') },
  { id: 'changes.calendar', title: 'command.change-calendar', group: 'go', keys: ['g t'], run: go('calendar') },
  { id: 'changes.cab', title: 'command.cab', group: 'go', keys: ['g b'], run: go('cab') },
  {
    id: 'change.new',
    title: 'command.change-new',
    group: 'create',
    keys: ['c'],
    screen: changesScreen,
    run: open('change-new'),
  },
  {
    id: 'change.from-incident',
    title: 'command.change-from-incident',
    group: 'ticket',
    keys: [],
    screen: 'tickets',
    when: isOpen,
    run: about('change-new'),
  },
  {
    ...here,
    id: 'change.decide',
    title: 'command.change-decide',
    keys: ['a'],
    when: isOpen,
    run: about('change-decide'),
  },
  { ...here, id: 'change.slots', title: 'command.change-slots', keys: ['s'], when: isOpen, run: about('change-slots') },
  { ...here, id: 'change.order', title: 'command.work-order-new', keys: ['w'], when: isOpen, run: about('work-order') },
  { ...here, id: 'change.blackout', title: 'command.blackout-new', keys: [], run: open('blackout') },
  { ...here, id: 'change.window', title: 'command.window-new', keys: [], run: open('maintenance-window') },
  { ...here, id: 'change.steps', title: 'command.approval-steps', keys: [], run: open('approval-steps') },
  { ...here, id: 'change.template', title: 'command.template-new', keys: [], run: open('change-template') },
  { ...here, id: 'change.delegate', title: 'command.delegation-new', keys: [], run: open('delegation') },
  {
    ...here,
    id: 'change.next',
    title: 'command.change-next',
    keys: ['j'],
    isHidden: true,
    when: isList,
    run: press('ArrowDown'),
  },
  {
    ...here,
    id: 'change.previous',
    title: 'command.change-previous',
    keys: ['k'],
    isHidden: true,
    when: isList,
    run: press('ArrowUp'),
  },
  {
    ...here,
    id: 'change.search',
    title: 'command.change-search',
    keys: ['/', 'Mod+f'],
    when: isList,
    run: () => void focusTarget('search'),
  },
  {
    ...here,
    id: 'change.close-record',
    title: 'command.change-close-record',
    keys: ['Escape'],
    isHidden: true,
    run: (desk) => desk.dispatch(navigationSlice.actions.closedRecord()),
  },
];
