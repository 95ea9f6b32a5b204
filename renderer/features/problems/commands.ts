import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import type { Desk } from '../../widgets/desk.ts';
import { focusTarget } from '../../widgets/focus-target.ts';
import { problemsScreen, type ProblemView } from './problem-lists.ts';

function go(view: ProblemView): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view, record: null }));
  };
}

const isOpen = (desk: Desk): boolean => desk.getState().navigation.place.record !== null;

/** Opens a dialog about the open record. */
function about(id: string): (desk: Desk) => void {
  return (desk) => {
    const { record } = desk.getState().navigation.place;
    if (record !== null) desk.dispatch(overlaySlice.actions.openedOverlay({ id, ids: [record] }));
  };
}

function press(key: string): () => void {
  return () => {
    if (!focusTarget('list')) return;
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
}

export const problemCommands: readonly AppCommand[] = [
  { id: 'problems.open', title: 'command.problems', group: 'go', keys: ['g p'], run: go('open') },
  { id: 'known-errors.open', title: 'command.known-errors', group: 'go', keys: ['g k'], run: go('known-errors') },
  {
    id: 'problem.new',
    title: 'command.problem-new',
    group: 'create',
    keys: ['c'],
    screen: problemsScreen,
    run: (desk) => desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'problem-new' })),
  },
  {
    id: 'problem.from-incident',
    title: 'command.problem-from-incident',
    group: 'ticket',
    keys: [],
    screen: 'tickets',
    when: isOpen,
    run: about('problem-new'),
  },
  {
    id: 'problem.link-incident',
    title: 'command.problem-link',
    group: 'list',
    keys: ['l'],
    screen: problemsScreen,
    when: isOpen,
    run: about('problem-link'),
  },
  {
    id: 'problem.communicate',
    title: 'command.problem-communicate',
    group: 'list',
    keys: ['w'],
    screen: problemsScreen,
    when: isOpen,
    run: about('problem-communicate'),
  },
  {
    id: 'problem.next',
    title: 'command.problem-next',
    group: 'list',
    keys: ['j'],
    screen: problemsScreen,
    isHidden: true,
    run: press('ArrowDown'),
  },
  {
    id: 'problem.previous',
    title: 'command.problem-previous',
    group: 'list',
    keys: ['k'],
    screen: problemsScreen,
    isHidden: true,
    run: press('ArrowUp'),
  },
  {
    id: 'problem.search',
    title: 'command.problem-search',
    group: 'list',
    keys: ['/', 'Mod+f'],
    screen: problemsScreen,
    run: () => void focusTarget('search'),
  },
  {
    id: 'problem.close',
    title: 'command.problem-close',
    group: 'list',
    keys: ['Escape'],
    screen: problemsScreen,
    isHidden: true,
    run: (desk) => desk.dispatch(navigationSlice.actions.closedRecord()),
  },
];
