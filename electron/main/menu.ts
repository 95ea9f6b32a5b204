import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuSection } from './menu-items.ts';
import type { MenuLabels } from './menu-labels.ts';

/**
 * Sets the application menu. Choosing an item only names a command: the page does it, with the same
 * checks as from its own buttons.
 */
export function setMenu(sections: readonly MenuSection[], labels: MenuLabels, run: (command: string) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(describeMenu(sections, labels, run, process.platform)));
}

export function describeMenu(
  sections: readonly MenuSection[],
  labels: MenuLabels,
  run: (command: string) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const template = sections.map(({ name, items }): MenuItemConstructorOptions => ({
    label: labels[name],
    submenu: items.map((item): MenuItemConstructorOptions => {
      if (item === 'separator') return { type: 'separator' };
      if ('role' in item) return { role: item.role };
      return {
        id: item.command,
        label: labels[item.command],
        ...(item.accelerator === undefined ? {} : { accelerator: item.accelerator }),
        registerAccelerator: false,
        click: () => run(item.command),
      };
    }),
  }));
  return platform === 'darwin' ? [{ role: 'appMenu' }, ...template] : template;
}
