import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import type { Desk } from '../../widgets/desk.ts';
import { keepAllShown } from './conflicts/settle.ts';
import { pressInReview } from './conflicts/review-keys.ts';
import { dismissalsOf } from './refused/dismissals.ts';
import { openConnect, openDisconnect, openScope, syncNow, togglePaused } from './sync-actions.ts';
import { showSync, syncScreen, type SyncView } from './sync-views.ts';

function go(view: SyncView): (desk: Desk) => void {
  return (desk) => {
    showSync(desk, view);
  };
}

const isReviewing = (desk: Desk): boolean => desk.getState().navigation.place.view === 'conflicts';

/** A key of the review, wherever on its screen the focus is. */
function inReview(id: string, key: string, isHidden?: true): AppCommand {
  return {
    id: `conflict.${id}`,
    title: `command.${id}`,
    group: 'sync',
    keys: [key],
    screen: syncScreen,
    when: isReviewing,
    run: () => {
      pressInReview(key);
    },
    ...(isHidden === undefined ? {} : { isHidden }),
  };
}

const reviewCommands: readonly AppCommand[] = [
  inReview('choose-1', '1'),
  inReview('choose-2', '2'),
  inReview('choose-3', '3'),
  inReview('choose-0', '0'),
  inReview('choose-both', 'b'),
  inReview('choose-edit', 'e'),
  inReview('review-open', 'o'),
  inReview('review-next', 'j', true),
  inReview('review-previous', 'k', true),
  {
    id: 'conflict.keep-shown',
    title: 'command.keep-shown',
    group: 'sync',
    keys: ['Mod+Enter'],
    screen: syncScreen,
    when: isReviewing,
    run: () => {
      pressInReview('Enter', true);
    },
  },
  {
    id: 'conflict.keep-shown-all',
    title: 'command.keep-shown-all',
    group: 'sync',
    keys: ['Mod+Shift+Enter'],
    screen: syncScreen,
    when: isReviewing,
    run: (desk) => void keepAllShown(desk),
  },
  {
    id: 'conflict.back',
    title: 'conflicts.back',
    group: 'sync',
    keys: ['Escape'],
    screen: syncScreen,
    when: isReviewing,
    isHidden: true,
    run: (desk) => {
      desk.dispatch(navigationSlice.actions.closedRecord());
    },
  },
];

export const syncCommands: readonly AppCommand[] = [
  { id: 'sync.open', title: 'command.sync-open', group: 'go', keys: ['g s', 'g y'], run: go('overview') },
  { id: 'sync.conflicts', title: 'command.sync-conflicts', group: 'go', keys: ['g v'], run: go('conflicts') },
  { id: 'sync.refused', title: 'command.sync-refused', group: 'go', keys: ['g n'], run: go('refused') },
  {
    id: 'sync.now',
    title: 'command.sync-now',
    group: 'sync',
    keys: ['F5'],
    whileTyping: true,
    run: (desk) => void syncNow(desk),
  },
  {
    id: 'sync.pause',
    title: 'command.sync-pause',
    group: 'sync',
    keys: ['Mod+Shift+p'],
    run: (desk) => void togglePaused(desk),
  },
  {
    id: 'sync.scope',
    title: 'command.sync-scope',
    group: 'sync',
    keys: [],
    run: (desk) => void openScope(desk),
  },
  {
    id: 'sync.connect',
    title: 'command.sync-connect',
    group: 'sync',
    keys: [],
    run: openConnect,
  },
  {
    id: 'sync.disconnect',
    title: 'command.sync-disconnect',
    group: 'sync',
    keys: [],
    run: (desk) => void openDisconnect(desk),
  },
  {
    id: 'conflict.review',
    title: 'command.review',
    group: 'sync',
    keys: ['v'],
    screen: 'tickets',
    when: (desk) => desk.getState().navigation.place.record !== null,
    run: (desk) => {
      const { record } = desk.getState().navigation.place;
      if (record !== null) desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'conflict-review', ids: [record] }));
    },
  },
  {
    id: 'refused.undo-dismiss',
    title: 'command.undo-dismiss',
    group: 'sync',
    keys: ['Mod+z'],
    screen: syncScreen,
    when: (desk) => dismissalsOf(desk).hasUndo,
    run: (desk) => {
      dismissalsOf(desk).undo();
    },
  },
  ...reviewCommands,
];
