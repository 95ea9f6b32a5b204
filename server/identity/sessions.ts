import { proofText } from '../../shared/sync/chain-proof.ts';
import { operationSchema } from '../../shared/sync/operation.ts';
import { systemCommand, systemUser } from '../admission/system-writes.ts';
import type { EnrolRequest, TokenAnswer, TokenRequest } from '../../shared/sync/protocol-identity.ts';
import { isSignedBy, type EndpointKeys } from '../keys.ts';
import { ProblemError } from '../problem-error.ts';
import type { AccountRow, DeviceRow, RefreshRow, Store, StoreReader, StoreWriter } from '../store/store.ts';
import { accessTokenLifeMs, makeAccessToken } from './access-tokens.ts';
import {
  badCredentials,
  deviceRevoked,
  entitleByCode,
  entitleBySignIn,
  entitleSuccessor,
  type Entitlement,
} from './entitlement.ts';
import { Nonces } from './nonces.ts';
import { hashSecret, makeSecret } from './one-time-codes.ts';
import type { OpenIdSignIn } from './open-id.ts';
import { isPassword } from './passwords.ts';

/** A family of refresh tokens ends after this, whatever is used (ASVS V10.4.8). */
const familyLifeMs = 30 * 24 * 3_600_000;

/** What was decided inside a transaction and is told after it: a revocation must be kept although the call fails. */
type Outcome =
  { readonly ok: true; readonly answer: TokenAnswer } | { readonly ok: false; readonly problem: ProblemError };

/**
 * Enrolment, tokens and their turning. Whatever entitles to an account (a code, a sign-in at a provider, the old id),
 * the device proves its key beside it, and everything behind is the same.
 */
export class Sessions {
  readonly nonces = new Nonces();
  /** Null when this endpoint has no identity provider. */
  readonly openId: OpenIdSignIn | null;
  readonly #store: Store;
  readonly #keys: EndpointKeys;
  readonly #space: string;
  readonly #now: () => number;

  constructor(store: Store, keys: EndpointKeys, space: string, now: () => number, openId: OpenIdSignIn | null) {
    this.openId = openId;
    this.#store = store;
    this.#keys = keys;
    this.#space = space;
    this.#now = now;
  }

  async enrol(request: EnrolRequest): Promise<TokenAnswer> {
    this.#checkProof(request, request.publicKey);
    const entitle = await this.#prepareEntitlement(request);
    return await this.#decide(async (store, now) => {
      const entitled = await entitle(store, now);
      if ('problem' in entitled) return refused(entitled.problem);
      const { account, spent } = entitled;
      const held = await store.device(request.device);
      if (held !== undefined && held.revokedAt !== null && spent === null) return refused(deviceRevoked());
      const isOtherKey = held !== undefined && held.publicKey !== request.publicKey;
      // A desk that lost its key comes back by an administrator's code: whoever has the old one is locked out.
      if (held !== undefined && (held.account !== account.name || (isOtherKey && spent === null)))
        return refused(deviceTaken());
      if (isOtherKey) await store.revokeTokensOf(request.device, now);
      if (await isNobodys(store, request.device)) return refused(deviceTaken());
      const accounts = await store.accounts();
      const isTaken = accounts.some((each) => each.name !== account.name && each.person === request.person);
      if (account.person === null && isTaken) return refused(personTaken());
      const person = account.person ?? request.person;
      // Whom the desk was before is the same person, unless that is somebody else here.
      const former = new Set([...entitled.formerPersons, ...(held?.formerPersons ?? [])]);
      if (request.person !== person && !isTaken) former.add(request.person);
      const device: DeviceRow = {
        device: request.device,
        account: account.name,
        publicKey: request.publicKey,
        name: request.name,
        formerPersons: [...former],
        enrolledAt: now,
        seenAt: null,
        revokedAt: null,
      };
      await store.putAccount({ ...account, person });
      await store.putDevice(device);
      if (spent) await store.putCode({ ...spent, usedAt: now });
      return await this.#grant(store, { ...account, person }, device.device, undefined, now);
    });
  }

  /** What must be asked elsewhere is asked before the transaction, which may run again. */
  async #prepareEntitlement({
    device,
    nonce,
    code,
    signIn,
    successorOf,
  }: EnrolRequest): Promise<(store: StoreReader, now: number) => Promise<Entitlement>> {
    if (successorOf !== undefined) return async (store) => await entitleSuccessor(store, nonce, successorOf);
    if (signIn === undefined) return async (store, now) => await entitleByCode(store, code ?? '', now);
    if (this.openId === null) throw noProvider();
    const identity = await this.openId.redeem(device, signIn);
    return async (store, now) => await entitleBySignIn(store, identity, now);
  }

  async token(request: TokenRequest): Promise<TokenAnswer> {
    const { grant } = request;
    const password = grant.type === 'password' ? await this.#checkPassword(grant.name, grant.password) : false;
    const known = await this.#store.read(async (store) => await store.device(request.device));
    this.#checkProof(request, known?.publicKey ?? '');
    return await this.#decide(async (store, now) => {
      const device = await store.device(request.device);
      const account = device && (await store.account(device.account));
      if (!device || !account) return refused(badCredentials());
      if (device.revokedAt !== null || account.disabledAt !== null) return refused(deviceRevoked());
      if (grant.type === 'refresh') return await this.#turn(store, account, device.device, grant.refreshToken, now);
      return password && account.name === grant.name
        ? await this.#grant(store, account, device.device, undefined, now)
        : refused(badCredentials());
    });
  }

  /** A refresh token for the next one. An old one that comes again was stolen: then nobody of its family goes on. */
  async #turn(store: StoreWriter, account: AccountRow, device: string, token: string, now: number): Promise<Outcome> {
    const held = await store.refreshToken(hashSecret(token));
    if (held === undefined || held.device !== device || held.expiresAt <= now) return refused(badCredentials());
    const next = held.replacedBy === null ? undefined : await store.refreshToken(held.replacedBy);
    // One made void because its answer seemed lost was not lost after all: two hold tokens of the family.
    const isVoid = held.revokedAt !== null;
    if (isVoid || (held.replacedBy !== null && (next?.replacedBy !== null || next.revokedAt !== null))) {
      await store.revokeFamily(held.family, now);
      return refused(refreshReused());
    }
    // The answer with the next one was lost: that one is void, and another takes its place.
    if (next !== undefined) await store.putRefreshToken({ ...next, revokedAt: now });
    return await this.#grant(store, account, device, held, now);
  }

  async #grant(
    store: StoreWriter,
    account: AccountRow,
    device: string,
    before: RefreshRow | undefined,
    now: number,
  ): Promise<Outcome> {
    const refreshToken = makeSecret();
    const hash = hashSecret(refreshToken);
    const familyBeganAt = before?.familyBeganAt ?? now;
    await store.putRefreshToken({
      hash,
      family: before?.family ?? hash,
      device,
      generation: (before?.generation ?? 0) + 1,
      familyBeganAt,
      expiresAt: familyBeganAt + familyLifeMs,
      replacedBy: null,
      revokedAt: null,
    });
    if (before) await store.putRefreshToken({ ...before, replacedBy: hash });
    const accessToken = await makeAccessToken(this.#keys.tokenSecret, this.#space, device, now);
    const { name, person, roles } = account;
    const answer = { accessToken, expiresInMs: accessTokenLifeMs, refreshToken, space: this.#space, account: name };
    return { ok: true, answer: { ...answer, person: person ?? '', roles: [...roles] } };
  }

  async #decide(work: (store: StoreWriter, now: number) => Promise<Outcome>): Promise<TokenAnswer> {
    const outcome = await this.#store.write(async (store) => await work(store, this.#now()));
    if (!outcome.ok) throw outcome.problem;
    return outcome.answer;
  }

  async #checkPassword(name: string, password: string): Promise<boolean> {
    const account = await this.#store.read(async (store) => await store.account(name));
    // Without an account the work is done all the same: the answer takes as long.
    return await isPassword(password, account?.password ?? nobodysPassword);
  }

  #checkProof(request: { device: string; nonce: string; signature: string }, publicKey: string): void {
    const fresh = this.nonces.use(request.nonce, this.#now());
    if (!fresh || !isSignedBy(publicKey, proofText(request.device, request.nonce), request.signature))
      throw badCredentials();
  }
}

const nobodysPassword = `scrypt$${2 ** 17}$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;

/** Ids that no installation may have: the endpoint's own, in this life and earlier ones, and those under which losing chains are read (I8). */
async function isNobodys(store: StoreWriter, device: string): Promise<boolean> {
  if ((await store.systemDevices()).has(device)) return true;
  if ((await store.branches()).some(([, branch]) => branch.device === device)) return true;
  // The endpoint's own of a life that a backup does not know: desks brought back what it wrote.
  const [first] = (await store.device(device)) === undefined ? await store.chainFrom(device, 1, 1) : [];
  if (first?.kind !== 'operation') return false;
  const { user, command } = operationSchema.parse(JSON.parse(first.body));
  return user === systemUser || systemCommand.test(command);
}

function refused(problem: ProblemError): Outcome {
  return { ok: false, problem };
}
export const noProvider = (): ProblemError =>
  new ProblemError('not-found', 'an endpoint with an identity provider', 'endpoint', 'Enrol with a code.');
const deviceTaken = (): ProblemError =>
  new ProblemError('device-taken', 'a device id of your own', 'body.device', 'Mint a new device id and enrol with it.');
const personTaken = (): ProblemError =>
  new ProblemError(
    'device-taken',
    'a person that is no other account’s',
    'body.person',
    'Choose another person, or enrol for the account that has this one.',
  );
const refreshReused = (): ProblemError =>
  new ProblemError(
    'refresh-reused',
    'the newest refresh token',
    'body.grant.refreshToken',
    'This token was used before, so all of its family ended. Sign in with the password or a new code.',
  );
