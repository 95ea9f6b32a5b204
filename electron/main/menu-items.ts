/** An item of the application menu that runs a command of the page. */
export interface MenuCommand {
  /** Id of the command in the page's registry. */
  readonly command: string;
  readonly label: string;
  /** Electron's notation. The menu only shows it: the page listens for its keys itself, because they can be rebound. */
  readonly accelerator?: string;
}

export interface MenuSection {
  readonly label: string;
  readonly items: readonly (MenuCommand | 'separator' | MenuRole)[];
}

/** What the system does by itself. */
export interface MenuRole {
  readonly role: 'cut' | 'copy' | 'paste' | 'selectAll' | 'togglefullscreen' | 'minimize' | 'close' | 'quit';
}

/** English labels; the keys follow the key map of the program. */
export const menuSections: readonly MenuSection[] = [
  {
    label: '&File',
    items: [
      { command: 'ticket.new', label: 'New ticket', accelerator: 'CmdOrCtrl+N' },
      'separator',
      { command: 'import.open', label: 'Import…' },
      'separator',
      { command: 'settings.open', label: 'Settings', accelerator: 'CmdOrCtrl+,' },
      'separator',
      { role: 'close' },
      { role: 'quit' },
    ],
  },
  {
    label: '&Edit',
    items: [
      { command: 'edit.undo', label: 'Undo', accelerator: 'CmdOrCtrl+Z' },
      { command: 'edit.redo', label: 'Redo', accelerator: 'CmdOrCtrl+Shift+Z' },
      'separator',
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      'separator',
      { command: 'search.open', label: 'Search everything', accelerator: 'CmdOrCtrl+Shift+F' },
    ],
  },
  {
    label: '&View',
    items: [
      { command: 'palette.open', label: 'Commands…', accelerator: 'CmdOrCtrl+K' },
      'separator',
      { command: 'view.theme', label: 'Light or dark' },
      { command: 'view.zoom-in', label: 'Larger', accelerator: 'CmdOrCtrl+Plus' },
      { command: 'view.zoom-out', label: 'Smaller', accelerator: 'CmdOrCtrl+-' },
      { command: 'view.zoom-reset', label: 'Normal size', accelerator: 'CmdOrCtrl+0' },
      'separator',
      { role: 'togglefullscreen' },
      { role: 'minimize' },
    ],
  },
  {
    label: '&Help',
    items: [
      { command: 'help.shortcuts', label: 'Keyboard shortcuts', accelerator: 'CmdOrCtrl+/' },
      { command: 'help.about', label: 'About Holdfast' },
    ],
  },
];
