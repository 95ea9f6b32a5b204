import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Faults against WCAG 2.2 A and AA. Legacy mode: Electron cannot open the page axe wants. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

/** Faults of what is in sight in light, dark and forced colours. */
export async function faultsInEveryLook(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const look of [
    { colorScheme: 'light' },
    { colorScheme: 'dark' },
    { colorScheme: 'light', forcedColors: 'active' },
  ] as const) {
    await page.emulateMedia(look);
    faults.push(...(await faultsOf(page)).map((fault) => `${JSON.stringify(look)} ${fault}`));
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  return faults;
}
