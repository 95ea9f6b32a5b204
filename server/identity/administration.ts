import type { Role } from '../../shared/domain/permissions.ts';
import type { AccountInfo } from '../../shared/sync/protocol-admin.ts';
import type { Endpoint } from '../endpoint.ts';
import { ProblemError } from '../problem-error.ts';
import type { StoreWriter } from '../store/store.ts';
import { hashCode, makeCode } from './one-time-codes.ts';
import { hashPassword } from './passwords.ts';

const codeLifeMs = 7 * 24 * 3_600_000;

export async function listAccounts({ store }: Endpoint): Promise<readonly AccountInfo[]> {
  const accounts = await store.read(async (reader) => await reader.accounts());
  return accounts.map(({ name, person, roles, password, disabledAt, subject, createdAt }) => ({
    name,
    person,
    roles: [...roles],
    disabled: disabledAt !== null,
    hasPassword: password !== null,
    isFromProvider: subject !== null,
    createdAt,
  }));
}

export async function addAccount({ store, now }: Endpoint, name: string, roles: readonly Role[]): Promise<void> {
  await store.write(async (writer) => {
    if (await writer.account(name))
      throw new ProblemError('bad-request', 'a name that is not taken', 'name', `Choose another name than ${name}.`);
    await writer.putAccount({
      name,
      person: null,
      roles,
      password: null,
      disabledAt: null,
      subject: null,
      createdAt: now(),
    });
  });
}

export async function changeAccount(
  { store, now }: Endpoint,
  name: string,
  change: { readonly roles?: readonly Role[]; readonly password?: string; readonly disabled?: boolean },
): Promise<void> {
  const password = change.password === undefined ? undefined : await hashPassword(change.password);
  await store.write(async (writer) => {
    const account = await mustFind(writer, name);
    await writer.putAccount({
      ...account,
      roles: change.roles ?? account.roles,
      password: password ?? account.password,
      disabledAt: change.disabled === undefined ? account.disabledAt : change.disabled ? now() : null,
    });
    if (change.disabled !== true) return;
    // Enabled again, each device proves anew who has it: by a sign-in, the password or a code.
    for (const { device, account: owner } of await writer.devices())
      if (owner === name) await writer.revokeTokensOf(device, now());
  });
}

/** A code that enrols one device within seven days. It is shown once and stored as a hash. */
export async function giveCode({ store, now }: Endpoint, name: string): Promise<{ code: string; expiresAt: number }> {
  const code = makeCode();
  const expiresAt = now() + codeLifeMs;
  await store.write(async (writer) => {
    await mustFind(writer, name);
    await writer.dropExpired(now());
    await writer.putCode({ hash: hashCode(code), account: name, expiresAt, usedAt: null });
  });
  return { code, expiresAt };
}

/** Holds from the device's next request on. */
export async function revokeDevice({ store, now }: Endpoint, device: string): Promise<void> {
  await store.write(async (writer) => {
    const row = await writer.device(device);
    if (!row) throw new ProblemError('not-found', 'an enrolled device', 'device', 'See the list of devices.');
    await writer.putDevice({ ...row, revokedAt: row.revokedAt ?? now() });
    await writer.revokeTokensOf(device, now());
  });
}

async function mustFind(writer: StoreWriter, name: string) {
  const account = await writer.account(name);
  if (!account) throw new ProblemError('not-found', 'an account', 'name', `Add ${name} first.`);
  return account;
}
