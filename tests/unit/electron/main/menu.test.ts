import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ Menu: {} }));
const { describeMenu } = await import('../../../../electron/main/menu.ts');
const { menuSections } = await import('../../../../electron/main/menu-items.ts');

test('an item names its command and does nothing itself', () => {
  const ran: string[] = [];
  const template = describeMenu(menuSections, (command) => ran.push(command), 'linux');
  const items = template.flatMap((section) => (Array.isArray(section.submenu) ? section.submenu : []));
  for (const item of items) if (item.click !== undefined) Reflect.apply(item.click, item, []);
  const commands = menuSections
    .flatMap(({ items }) => items)
    .flatMap((item) => (item !== 'separator' && 'command' in item ? [item.command] : []));
  expect(ran).toEqual(commands);
  expect(new Set(commands).size).toBe(commands.length);
});

test('keys are shown, and left to the page, where each is shown once', () => {
  const template = describeMenu(menuSections, () => undefined, 'linux');
  const items = template.flatMap((section) => (Array.isArray(section.submenu) ? section.submenu : []));
  const undo = items.find((item) => item.id === 'edit.undo');
  expect(undo).toMatchObject({ accelerator: 'CmdOrCtrl+Z', registerAccelerator: false });
  const keys = items.flatMap((item) => (item.accelerator === undefined ? [] : [item.accelerator]));
  expect(new Set(keys).size).toBe(keys.length);
});

test('macOS gets its own first menu', () => {
  expect(describeMenu(menuSections, () => undefined, 'darwin')[0]).toEqual({ role: 'appMenu' });
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
