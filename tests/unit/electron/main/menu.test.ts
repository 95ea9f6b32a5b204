import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ Menu: {} }));
const { describeMenu } = await import('../../../../electron/main/menu.ts');
const { menuLabelsFor } = await import('../../../../electron/main/menu-labels.ts');
const { menuSections } = await import('../../../../electron/main/menu-items.ts');

const english = menuLabelsFor('en-GB');

test('an item names its command and does nothing itself', () => {
  const ran: string[] = [];
  const template = describeMenu(menuSections, english, (command) => ran.push(command), 'linux');
  const items = template.flatMap((section) => (Array.isArray(section.submenu) ? section.submenu : []));
  for (const item of items) if (item.click !== undefined) Reflect.apply(item.click, item, []);
  const commands = menuSections
    .flatMap(({ items }) => items)
    .flatMap((item) => (item !== 'separator' && 'command' in item ? [item.command] : []));
  expect(ran).toEqual(commands);
  expect(new Set(commands).size).toBe(commands.length);
});

test('keys are shown, and left to the page, where each is shown once', () => {
  const template = describeMenu(menuSections, english, () => undefined, 'linux');
  const items = template.flatMap((section) => (Array.isArray(section.submenu) ? section.submenu : []));
  const undo = items.find((item) => item.id === 'edit.undo');
  expect(undo).toMatchObject({ accelerator: 'CmdOrCtrl+Z', registerAccelerator: false });
  const keys = items.flatMap((item) => (item.accelerator === undefined ? [] : [item.accelerator]));
  expect(new Set(keys).size).toBe(keys.length);
});

test('macOS gets its own first menu', () => {
  expect(describeMenu(menuSections, english, () => undefined, 'darwin')[0]).toEqual({ role: 'appMenu' });
});

test('every item names a command the page has', () => {
  const sources = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((file) => /commands?\.tsx?$/.test(file))
    .map((file) => readFileSync(path.join('renderer', file), 'utf8'))
    .join('\n');
  const commands = menuSections
    .flatMap(({ items }) => items)
    .flatMap((item) => (item !== 'separator' && 'command' in item ? [item.command] : []));
  expect(commands.filter((command) => !sources.includes(`id: '${command}'`))).toEqual([]);
});

test('the menu speaks the language of the page', () => {
  const template = describeMenu(menuSections, menuLabelsFor('de-AT'), () => undefined, 'linux');
  expect(template[0]).toMatchObject({ label: '&Datei' });
  const german = menuLabelsFor('de');
  const same = Object.entries(english).filter(([name, label]) =>
    Object.entries(german).some(([key, other]) => key === name && other === label),
  );
  expect(same).toEqual([]);
});
