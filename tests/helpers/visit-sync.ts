import type { Page } from '@playwright/test';
import english from '../../renderer/features/sync/messages/en.json' with { type: 'json' };
import { conflictsOf, refusedOperations, syncStates } from './sync-states.ts';
import type { ToldSync } from './told-sync.ts';

/** Texts of the sync screens in the language the desk is shown in. */
export type SyncNames = typeof english;

/** Goes through every state of the sync screens and stays in each until `at` is done with it. */
export async function visitSync(
  page: Page,
  sync: ToldSync,
  at: (name: string) => Promise<void>,
  names: SyncNames = english,
): Promise<void> {
  const go = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForTimeout(300);
  };
  for (const kind of ['conflicts', 'status', 'refused'] as const) await sync.tell(kind, null);
  await sync.tell('sync', { link: null });
  await go('g', 's');
  await at('none');
  await go('g', 'n');
  await at('refused-none');
  await go('g', 'v');
  await at('conflicts-none');
  await go('g', 's');
  await visitSignIn(page, sync, at, names);
  await visitConnect(page, sync, at, names);
  await answerDevices(sync);
  for (const [name, state] of Object.entries(syncStates(Date.now()))) {
    await sync.tell('sync', state);
    await page.waitForTimeout(150);
    await at(name);
  }
  await sync.tell('sync', syncStates(Date.now())['waiting'] ?? null);
  await page.getByRole('button', { name: names['sync.disconnect'] }).click();
  await at('disconnect');
  await page.keyboard.press('Escape');
  await visitReview(page, sync, at, go, names);
}

async function visitConnect(
  page: Page,
  sync: ToldSync,
  at: (name: string) => Promise<void>,
  names: SyncNames,
): Promise<void> {
  await sync.answer('endpointTest', {
    ok: true,
    value: { url: 'https://desk.example.org', space: 'example-office', serverTime: 0, ms: 43, provider: null },
  });
  await page.getByRole('button', { name: names['sync.connect'] }).click();
  const dialog = page.getByRole('dialog');
  const address = dialog.getByRole('textbox', { name: names['connect.address'] });
  const code = dialog.getByRole('textbox', { name: names['connect.code'] });
  await address.fill('http://desk.example.org');
  await code.fill('K3V9-Q2M7-TA4');
  await dialog.getByRole('textbox', { name: names['connect.device'] }).focus();
  await at('connect-typing');
  await address.fill('desk.example.org');
  await code.fill('K3V9-Q2M7-TA4X-PM60');
  const problem = { code: 'bad-credentials', expected: 'a code that was not used yet', where: 'body.code', action: '' };
  const failure = { kind: 'problem', problem, retryAfterMs: null, detail: '' };
  await sync.answer('endpointEnrol', { ok: false, failure });
  await dialog.getByRole('button', { name: names['connect.do'] }).click();
  await dialog.getByRole('alert').waitFor();
  await at('connect-refused');
  const account = { url: 'https://desk.example.org', account: 'agent', person: 'x', roles: ['desk-agent'] };
  const value = { ...account, device: 'K3V9Q2M7TA', deviceName: 'Laptop', space: 'example-office' };
  await sync.answer('endpointEnrol', { ok: true, value });
  await dialog.getByRole('button', { name: names['connect.do'] }).click();
  await page.getByRole('dialog', { name: names['connect.done-title'] }).waitFor();
  await at('connected');
  await page.keyboard.press('Control+Enter');
}

/** The same where people sign in with their browser. */
async function visitSignIn(
  page: Page,
  sync: ToldSync,
  at: (name: string) => Promise<void>,
  names: SyncNames,
): Promise<void> {
  await sync.answer('endpointTest', {
    ok: true,
    value: {
      url: 'https://desk.example.org',
      space: 'example-office',
      serverTime: 0,
      ms: 43,
      provider: 'Example identity',
    },
  });
  await page.getByRole('button', { name: names['sync.connect'] }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: names['connect.address'] }).fill('desk.example.org');
  const signIn = dialog.getByRole('button', {
    name: names['connect.sign-in'].replace('{provider}', 'Example identity'),
  });
  await signIn.waitFor();
  await at('connect-sign-in');
  const problem = { code: 'not-permitted', expected: 'an account', where: 'body.signIn', action: '' };
  const failure = { kind: 'problem', problem, retryAfterMs: null, detail: '' };
  await sync.answer('endpointSignIn', { ok: false, failure });
  await signIn.click();
  await dialog.getByRole('alert').waitFor();
  await at('connect-no-account');
  await page.keyboard.press('Escape');
}

async function answerDevices(sync: ToldSync): Promise<void> {
  const now = Date.now();
  const device = { account: 'agent', enrolledAt: now - 9e9, seenAt: now, revokedAt: null };
  await sync.answer('endpointDevices', {
    ok: true,
    value: [
      { ...device, device: 'K3V9Q2M7TA', name: 'Laptop, second floor' },
      { ...device, device: 'P7QX2M4KWA', name: 'Gate 4', seenAt: now - 7_200_000 },
      { ...device, device: 'Z1XX2M4KWA', name: 'Lost tablet', seenAt: now - 9e8, revokedAt: now - 8e8 },
    ],
  });
}

async function visitReview(
  page: Page,
  sync: ToldSync,
  at: (name: string) => Promise<void>,
  go: (...keys: readonly string[]) => Promise<void>,
  names: SyncNames,
): Promise<void> {
  const titles = ['Label printer prints blank', 'VPN drops every 20 minutes', 'Badge reader on door B2 offline'];
  const tickets = Array.from({ length: 40 }, (_, index) => ({
    id: `t-${index}`,
    title: titles[index % 3] ?? '',
    reference: `INC-K3V9-${index + 17}`,
  }));
  const [first = { id: '', title: '', reference: '' }] = tickets;
  await sync.tell('conflicts', { total: tickets.length, rows: conflictsOf(tickets, Date.now()) });
  await sync.tell('status', { conflicts: tickets.length });
  await sync.tell('refused', refusedOperations(first, Date.now()));
  await go('g', 'v');
  await at('conflicts');
  await go('j', 'j');
  await at('conflicts-text');
  await go('e');
  await at('conflicts-edit');
  await go('Escape');
  await go('g', 'n');
  await at('refused');
  await page.getByRole('button', { name: names['refused.dismiss'] }).first().click();
  await at('refused-dismissed');
  await go('Control+z');
}
