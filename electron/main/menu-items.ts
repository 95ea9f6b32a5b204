import type { MenuLabel } from './menu-labels.ts';

/** An item of the application menu that runs a command of the page. */
export interface MenuCommand {
  /** Id of the command in the page's registry, and of its label. */
  readonly command: MenuLabel;
  /** Electron's notation. The menu only shows it: the page listens for its keys itself, because they can be rebound. */
  readonly accelerator?: string;
}

export interface MenuSection {
  readonly name: MenuLabel;
  readonly items: readonly (MenuCommand | 'separator' | MenuRole)[];
}

/** What the system does by itself. */
export interface MenuRole {
  readonly role: 'cut' | 'copy' | 'paste' | 'selectAll' | 'togglefullscreen' | 'minimize' | 'close' | 'quit';
}

/** The keys follow the key map of the program. */
export const menuSections: readonly MenuSection[] = [
  {
    name: 'menu.file',
    items: [
      { command: 'ticket.new', accelerator: 'CmdOrCtrl+N' },
      'separator',
      { command: 'import.open' },
      { command: 'list.export', accelerator: 'CmdOrCtrl+Shift+E' },
      'separator',
      { command: 'settings.open', accelerator: 'CmdOrCtrl+,' },
      'separator',
      { role: 'close' },
      { role: 'quit' },
    ],
  },
  {
    name: 'menu.edit',
    items: [
      { command: 'edit.undo', accelerator: 'CmdOrCtrl+Z' },
      { command: 'edit.redo', accelerator: 'CmdOrCtrl+Shift+Z' },
      'separator',
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      'separator',
      { command: 'search.open', accelerator: 'CmdOrCtrl+Shift+F' },
    ],
  },
  {
    name: 'menu.view',
    items: [
      { command: 'palette.open', accelerator: 'CmdOrCtrl+K' },
      'separator',
      { command: 'view.theme' },
      { command: 'view.zoom-in', accelerator: 'CmdOrCtrl+Plus' },
      { command: 'view.zoom-out', accelerator: 'CmdOrCtrl+-' },
      { command: 'view.zoom-reset', accelerator: 'CmdOrCtrl+0' },
      'separator',
      { role: 'togglefullscreen' },
      { role: 'minimize' },
    ],
  },
  {
    name: 'menu.help',
    items: [{ command: 'help.shortcuts', accelerator: 'CmdOrCtrl+/' }, { command: 'help.about' }],
  },
];
