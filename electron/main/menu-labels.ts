/** What the application menu says, by id of the command or menu. `&` marks the letter that Alt opens it with. */
const english = {
  'menu.file': '&File',
  'menu.edit': '&Edit',
  'menu.view': '&View',
  'menu.help': '&Help',
  'ticket.new': 'New ticket',
  'import.open': 'Import…',
  'list.export': 'Export list…',
  'settings.open': 'Settings',
  'edit.undo': 'Undo',
  'edit.redo': 'Redo',
  'search.open': 'Search everything',
  'palette.open': 'Commands…',
  'view.theme': 'Light or dark',
  'view.zoom-in': 'Larger',
  'view.zoom-out': 'Smaller',
  'view.zoom-reset': 'Normal size',
  'help.shortcuts': 'Keyboard shortcuts',
  'help.about': 'About Holdfast',
} as const;

export type MenuLabel = keyof typeof english;
export type MenuLabels = Readonly<Record<MenuLabel, string>>;

const german: MenuLabels = {
  'menu.file': '&Datei',
  'menu.edit': '&Bearbeiten',
  'menu.view': '&Ansicht',
  'menu.help': '&Hilfe',
  'ticket.new': 'Neues Ticket',
  'import.open': 'Importieren …',
  'list.export': 'Liste exportieren …',
  'settings.open': 'Einstellungen',
  'edit.undo': 'Rückgängig',
  'edit.redo': 'Wiederholen',
  'search.open': 'Alles durchsuchen',
  'palette.open': 'Befehle …',
  'view.theme': 'Hell oder dunkel',
  'view.zoom-in': 'Größer',
  'view.zoom-out': 'Kleiner',
  'view.zoom-reset': 'Normale Größe',
  'help.shortcuts': 'Tastenkürzel',
  'help.about': 'Über Holdfast',
};

/** Labels in the language the page chooses too: German for a German system, else English. `locale`: BCP 47. */
export function menuLabelsFor(locale: string): MenuLabels {
  return locale.startsWith('de') ? german : english;
}
