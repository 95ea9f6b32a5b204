import type { Page } from '@playwright/test';
import { setTimeout as wait } from 'node:timers/promises';

/** When the notice that nothing can be saved came and went (wall time, ms; null for not yet), and what it says. */
export interface Notice {
  readonly shownAt: number | null;
  readonly goneAt: number | null;
  readonly text: string;
}

interface Globals {
  noticeSeen?: { shownAt: number | null; goneAt: number | null; text: string };
}

export const noticeTitle = 'Nothing can be saved at the moment';

/** Has the page itself note the moments: asked from outside they would be late. Asked again it begins anew. */
export async function watchNotice(page: Page): Promise<void> {
  await page.evaluate((title) => {
    const globals = globalThis as unknown as Globals;
    const isFirst = globals.noticeSeen === undefined;
    globals.noticeSeen = { shownAt: null, goneAt: null, text: '' };
    const look = (): void => {
      const seen = globals.noticeSeen;
      if (!seen) return;
      const shown = [...document.querySelectorAll('[role="alert"], [role="status"]')].find((element) =>
        element.textContent?.includes(title),
      );
      if (shown) {
        seen.shownAt ??= Date.now();
        seen.text = shown.textContent ?? '';
        seen.goneAt = null;
      } else if (seen.shownAt !== null) seen.goneAt ??= Date.now();
    };
    look();
    if (isFirst) new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  }, noticeTitle);
}

export async function readNotice(page: Page): Promise<Notice | null> {
  return page.evaluate(() => (globalThis as unknown as Globals).noticeSeen ?? null);
}

/** Waits for the notice to come or to go, also over a page that is loaded again meanwhile. */
export async function awaitNotice(page: Page, end: 'shownAt' | 'goneAt', limitMs: number): Promise<Notice> {
  const until = Date.now() + limitMs;
  for (;;) {
    // While the page is loaded again nobody answers.
    const notice = await lookAgain(page).catch(() => null);
    if (notice && notice[end] !== null) return notice;
    if (Date.now() > until)
      throw new Error(
        `the notice "${noticeTitle}" has not ${end === 'shownAt' ? 'come' : 'gone'} within ${limitMs} ms`,
      );
    await wait(50);
  }
}

/** A page that was loaded again and is open without the notice counts as one where it has gone. */
async function lookAgain(page: Page): Promise<Notice | null> {
  const notice = await readNotice(page);
  if (notice !== null) return notice;
  if ((await page.locator('html[data-ready]:not(:has([data-failed]))').count()) === 0) return null;
  await watchNotice(page);
  const seen = await readNotice(page);
  return seen?.shownAt === null ? { shownAt: null, goneAt: Date.now(), text: '' } : seen;
}
