import { appearanceSlice } from '../store/appearance-slice.ts';
import { navigationSlice } from '../store/navigation-slice.ts';
import { overlaySlice } from '../store/overlay-slice.ts';
import type { AppCommand } from '../widgets/app-command.ts';
import type { Desk } from '../widgets/desk.ts';
import { focusTarget } from '../widgets/focus-target.ts';

const panes = ['rail', 'list', 'record'] as const;

function stepPane(step: 1 | -1): void {
  const current = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'] ?? '';
  const at = panes.findIndex((pane) => pane === current);
  for (let turn = 1; turn <= panes.length; turn += 1) {
    const pane = panes[(at + step * turn + panes.length * 2) % panes.length];
    if (pane !== undefined && focusTarget(pane)) return;
  }
}

function open(id: string): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(overlaySlice.actions.openedOverlay({ id }));
  };
}

function zoom(direction: 'in' | 'out' | 'reset'): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(appearanceSlice.actions.zoomed(direction));
  };
}

/** Commands of the frame; those of the features come with their cards. */
export const appCommands: readonly AppCommand[] = [
  {
    id: 'palette.open',
    title: 'command.palette',
    group: 'desk',
    keys: ['Mod+k'],
    run: open('palette'),
    isHidden: true,
    whileTyping: true,
  },
  {
    id: 'search.open',
    title: 'command.find',
    group: 'go',
    keys: ['Mod+Shift+f'],
    run: open('palette'),
    isHidden: true,
    whileTyping: true,
  },
  {
    id: 'settings.open',
    title: 'command.settings',
    group: 'desk',
    keys: ['Mod+,'],
    run: open('settings'),
    whileTyping: true,
  },
  { id: 'edit.undo', title: 'command.undo', group: 'desk', keys: ['Mod+z'], run: (desk) => void desk.runner.undo() },
  {
    id: 'edit.redo',
    title: 'command.redo',
    group: 'desk',
    keys: ['Mod+Shift+z', 'Mod+y'],
    run: (desk) => void desk.runner.redo(),
  },
  {
    id: 'go.back',
    title: 'command.back',
    group: 'go',
    keys: ['Alt+ArrowLeft'],
    run: (desk) => {
      desk.dispatch(navigationSlice.actions.wentBack());
    },
    whileTyping: true,
  },
  {
    id: 'go.forward',
    title: 'command.forward',
    group: 'go',
    keys: ['Alt+ArrowRight'],
    run: (desk) => {
      desk.dispatch(navigationSlice.actions.wentForward());
    },
    whileTyping: true,
  },
  {
    id: 'view.theme',
    title: 'command.theme',
    group: 'desk',
    keys: [],
    run: (desk) => {
      desk.dispatch(
        appearanceSlice.actions.changedAppearance({
          theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark',
        }),
      );
    },
  },
  {
    id: 'view.zoom-in',
    title: 'command.zoom-in',
    group: 'desk',
    keys: ['Mod++', 'Mod+='],
    run: zoom('in'),
    whileTyping: true,
  },
  {
    id: 'view.zoom-out',
    title: 'command.zoom-out',
    group: 'desk',
    keys: ['Mod+-'],
    run: zoom('out'),
    whileTyping: true,
  },
  {
    id: 'view.zoom-reset',
    title: 'command.zoom-reset',
    group: 'desk',
    keys: ['Mod+0'],
    run: zoom('reset'),
    whileTyping: true,
  },
  {
    id: 'pane.next',
    title: 'command.pane-next',
    group: 'go',
    keys: ['F6'],
    run: () => {
      stepPane(1);
    },
    whileTyping: true,
  },
  {
    id: 'pane.previous',
    title: 'command.pane-previous',
    group: 'go',
    keys: ['Shift+F6'],
    run: () => {
      stepPane(-1);
    },
    whileTyping: true,
  },
  { id: 'help.shortcuts', title: 'command.sheet', group: 'help', keys: ['?', 'Mod+/'], run: open('shortcuts') },
  { id: 'help.about', title: 'command.about', group: 'help', keys: [], run: open('about') },
];
