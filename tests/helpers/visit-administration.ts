import type { Page } from '@playwright/test';
import { syncStates } from './sync-states.ts';
import type { ToldSync } from './told-sync.ts';

/** An administrator's desk, and what the endpoint says of 300 accounts and their devices. */
export async function tellAdministration(sync: ToldSync, now: number): Promise<void> {
  const { current } = syncStates(now);
  const link = current?.link ?? null;
  await sync.tell('sync', { ...current, link: link === null ? null : { ...link, roles: ['administrator'] } });
  const day = 86_400_000;
  const usual = { person: null, disabled: false, hasPassword: false, isFromProvider: false };
  const some = Array.from({ length: 300 }, (_, index) => ({
    ...usual,
    name: `person.${String(index).padStart(3, '0')}@example.org`,
    roles: index % 7 === 0 ? ['desk-agent', 'manager'] : ['technician'],
    disabled: index % 11 === 3,
    hasPassword: index % 5 === 1,
    isFromProvider: index % 3 === 0,
    createdAt: now - index * day,
  }));
  const accounts = [{ ...usual, name: 'agent', roles: ['administrator'], createdAt: now - 400 * day }, ...some];
  const devices = accounts.slice(0, 40).map(({ name }, index) => ({
    device: `K3V9Q2M${String(100 + index)}`,
    name: index === 0 ? 'Laptop, second floor' : `Desk of ${name}`,
    account: name,
    enrolledAt: now - index * 3 * day,
    seenAt: index % 6 === 5 ? null : now - index * 5_400_000,
    revokedAt: index % 9 === 7 ? now - day : null,
  }));
  // One answer serves both lists: each reads its own part.
  const text = JSON.stringify({ accounts, devices, code: 'K3V9-Q2M7-TA4X-PM60', expiresAt: now + 7 * day });
  await sync.answer('endpointAdmin', { ok: true, value: { text, sentBytes: 0, receivedBytes: 0, ms: 1 } });
}

/** Goes through the screens of the administration and stays in each until `at` is done with it. */
export async function visitAdministration(
  page: Page,
  sync: ToldSync,
  at: (name: string) => Promise<void>,
): Promise<void> {
  const dialog = page.getByRole('dialog');
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForTimeout(300);
  };
  await tellAdministration(sync, Date.now());
  await page.waitForTimeout(150);
  await press('g', 'm');
  await page.getByRole('grid').waitFor();
  await at('accounts');
  await press('n');
  await dialog.getByRole('textbox').fill('ada@example.org');
  await at('account-add');
  await press('Control+Enter');
  await dialog.getByRole('status').waitFor();
  await at('account-code');
  await press('Control+Enter');
  await page.getByRole('grid').focus();
  await press('ArrowDown', 'Enter');
  await at('account');
  await press('Escape');
  await page.getByRole('tab').nth(1).click();
  await at('devices');
  await page.getByRole('grid').focus();
  await press('ArrowDown', 'Enter');
  await at('device');
  await press('Escape');
  const failure = { kind: 'unreachable', problem: null, retryAfterMs: null, detail: '' };
  await sync.answer('endpointAdmin', { ok: false, failure });
  await page.locator('[data-pane="list"] header button').first().click();
  await at('administration-away');
}
