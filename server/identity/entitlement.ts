import { BranchBook } from '../../shared/sync/branch-book.ts';
import { proofText } from '../../shared/sync/chain-proof.ts';
import type { EnrolRequest } from '../../shared/sync/protocol-identity.ts';
import { isSignedBy } from '../keys.ts';
import { ProblemError } from '../problem-error.ts';
import type { AccountRow, CodeRow, StoreReader } from '../store/store.ts';
import { hashCode } from './one-time-codes.ts';
import type { ProvenIdentity } from './open-id.ts';

/** For whom a device may be enrolled, or why for nobody. */
export type Entitlement =
  | {
      readonly account: AccountRow;
      readonly formerPersons: readonly string[];
      /** The code that is used up when the device is enrolled. Only a code, from an administrator, brings back a revoked device. */
      readonly spent: CodeRow | null;
    }
  | { readonly problem: ProblemError };

/** The account of a one-time code, while it is good. */
export async function entitleByCode(store: StoreReader, typed: string, now: number): Promise<Entitlement> {
  const code = await store.code(hashCode(typed));
  const account = code && (await store.account(code.account));
  if (!code || code.usedAt !== null || code.expiresAt <= now || !account || account.disabledAt !== null)
    return { problem: badCode() };
  return { account, formerPersons: [], spent: code };
}

/**
 * A device that shares its id with another leaves it and needs no administrator for that: it has the old key, and the
 * endpoint has seen the chains part. The old device is left as it is, for the other one.
 */
export async function entitleSuccessor(
  store: StoreReader,
  nonce: string,
  { device, signature }: NonNullable<EnrolRequest['successorOf']>,
): Promise<Entitlement> {
  const old = await store.device(device);
  const account = old && (await store.account(old.account));
  if (!old || !account || !isSignedBy(old.publicKey, proofText(device, nonce), signature))
    return { problem: badCredentials() };
  if (old.revokedAt !== null || account.disabledAt !== null) return { problem: deviceRevoked() };
  const isForked = new BranchBook(await store.branches()).forks.has(device);
  return isForked ? { account, formerPersons: old.formerPersons, spent: null } : { problem: noFork() };
}

/**
 * The account of a person who signed in at the provider: the one bound to that person, else the one whose name the
 * configured claim gives, which is bound from then on: names pass from one person to another, subjects never (OpenID
 * Connect Core 5.7). Where the provider gives the roles, a person with one of them needs no account made before.
 */
export async function entitleBySignIn(
  store: StoreReader,
  { subject, name, roles }: ProvenIdentity,
  now: number,
): Promise<Entitlement> {
  const accounts = await store.accounts();
  const found =
    accounts.find((account) => account.subject === subject) ?? accounts.find((account) => account.name === name);
  if (found !== undefined && found.subject !== null && found.subject !== subject)
    return { problem: notAdmitted('an account that is not bound to another person of the provider') };
  if (found === undefined && roles === null) return { problem: notAdmitted(`an account by the name ${name}`) };
  if (found !== undefined && found.disabledAt !== null) return { problem: accountDisabled() };
  if (roles !== null && roles.length === 0) return { problem: notAdmitted('a person whom the provider gives a role') };
  const account = found ?? { name, person: null, roles: [], password: null, disabledAt: null, subject, createdAt: now };
  return { account: { ...account, subject, roles: roles ?? account.roles }, formerPersons: [], spent: null };
}

export const badCredentials = (): ProblemError =>
  new ProblemError(
    'bad-credentials',
    'an enrolled device that signs a fresh nonce, and its token or password',
    'body',
    'Sign in again; if that fails, enrol the device with a new code.',
  );
export const deviceRevoked = (): ProblemError =>
  new ProblemError('device-revoked', 'a device in use', 'body.device', 'Ask the administrator for a new code.');
const badCode = (): ProblemError =>
  new ProblemError(
    'bad-credentials',
    'a code that was not used yet',
    'body.code',
    'Ask the administrator for a new code.',
  );
const noFork = (): ProblemError =>
  new ProblemError(
    'not-permitted',
    'an old device whose chains part here',
    'body.successorOf',
    'Push the operations of the old device first, or enrol with a code.',
  );
const notAdmitted = (expected: string): ProblemError =>
  new ProblemError('not-permitted', expected, 'body.signIn', 'Ask the administrator for an account.');
const accountDisabled = (): ProblemError =>
  new ProblemError('not-permitted', 'an account in use', 'account', 'Ask the administrator to enable the account.');
