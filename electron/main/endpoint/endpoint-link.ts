import type { DesktopInput } from '../../../shared/desktop-api.ts';
import type { EndpointAccount, EndpointBody } from '../../../shared/desktop-endpoint.ts';
import { chainText, type ChainAttestation } from '../../../shared/sync/chain-proof.ts';
import { encodePushLine } from '../../../shared/sync/protocol-lines.ts';
import { protocolPaths } from '../../../shared/sync/protocol.ts';
import type { TokenAnswer } from '../../../shared/sync/protocol-identity.ts';
import { describeError, type Log } from '../log.ts';
import type { Connection, ConnectionFile } from './connection-file.ts';
import { makePrivateKey, openDeviceKey } from './device-key.ts';
import { enrolDevice, refreshTokens, type Entitlement } from './device-tokens.ts';
import type { EndpointClient, EndpointRequest } from './endpoint-client.ts';
import { EndpointError, failureOf, problemFailure } from './failures.ts';
import { readTypedAddress } from './typed-address.ts';

/** An access token this near to its end (ms) is replaced before it is used. */
const renewBeforeMs = 60_000;

export interface LinkSetting {
  readonly client: EndpointClient;
  readonly file: ConnectionFile;
  /** The device this installation is in the space now. */
  readonly device: () => Promise<string>;
  readonly log: Log;
  /** Wall time in ms. */
  readonly now: () => number;
}

/** The way of one space to its endpoint: enrolment, tokens that are renewed in silence, signed-in requests. */
export class EndpointLink {
  readonly #setting: LinkSetting;
  #connection: Promise<Connection | null> | null = null;
  #access: { readonly token: string; readonly endsAt: number } | null = null;
  #refreshing: Promise<string> | null = null;
  #lastContactAt: number | null = null;
  #keeping: Promise<void> = Promise.resolve();

  constructor(setting: LinkSetting) {
    this.#setting = setting;
  }

  async account(): Promise<EndpointAccount | null> {
    const link = (await this.#read())?.link ?? null;
    return link === null ? null : { ...link, lastContactAt: this.#lastContactAt ?? link.lastContactAt };
  }

  /** Throws an `EndpointError`; what was set up before is then as it was. */
  async enrol({ url, code, deviceName, person }: DesktopInput<'endpointEnrol'>): Promise<EndpointAccount> {
    const address = readTypedAddress(url);
    if (!address.ok) throw new EndpointError(problemFailure(address.failure));
    return await this.#enrol(address.value, { code }, { name: deviceName, person });
  }

  /** As `enrol`, by what a sign-in with the browser gives. */
  async signIn(
    { url, deviceName, person }: Omit<DesktopInput<'endpointSignIn'>, 'space'>,
    ask: (url: string, device: string) => Promise<Extract<Entitlement, { readonly signIn: unknown }>['signIn']>,
  ): Promise<EndpointAccount> {
    const address = readTypedAddress(url);
    if (!address.ok) throw new EndpointError(problemFailure(address.failure));
    const signIn = await ask(address.value, await this.#setting.device());
    return await this.#enrol(address.value, { signIn }, { name: deviceName, person });
  }

  /** The device has a new id (a clone was noticed, a profile was restored): it takes the place of the old one. */
  async renew(): Promise<EndpointAccount> {
    const { link } = await this.#mustRead();
    const { url, device, deviceName, person } = link;
    return await this.#enrol(url, { successorOf: device }, { name: deviceName, person });
  }

  async #enrol(
    url: string,
    entitlement: Entitlement,
    details: { readonly name: string; readonly person: string },
  ): Promise<EndpointAccount> {
    const { client, log } = this.#setting;
    const device = await this.#setting.device();
    const held = await this.#readOrMakeKey(device);
    const { privateKey } = held;
    const answer = await enrolDevice(client, url, { device, privateKey }, entitlement, details);
    const { refreshToken, account, person, roles, space } = answer;
    const lastContactAt = this.#setting.now();
    const link = { device, url, space, account, person, roles, deviceName: details.name, lastContactAt };
    const devices = [...new Set([...held.devices, device])];
    await this.#keep({ devices, privateKey, refreshToken, link });
    this.#take(answer);
    this.#lastContactAt = lastContactAt;
    log({ level: 'info', where: 'endpoint', message: 'the device was enrolled' });
    return link;
  }

  /** Gives up the way to the endpoint; the key stays, since an endpoint takes the device under no other. */
  async forget(): Promise<void> {
    const held = await this.#read();
    if (held === null) return;
    await this.#keep({ ...held, refreshToken: null, link: null });
    this.#access = null;
    this.#lastContactAt = null;
  }

  /** @param end newest own operation among the lines, which this device then vouches for with all before it */
  async push(lines: string, end: Omit<ChainAttestation, 'signature'> | null): Promise<EndpointBody> {
    if (end === null) return await this.ask({ method: 'POST', path: protocolPaths.push, lines });
    const { link, devices, privateKey } = await this.#mustRead();
    if (!devices.includes(end.device))
      throw new EndpointError(failureOf('not-enrolled', 'the device was renewed since it was enrolled'));
    const signature = openDeviceKey(privateKey).sign(chainText(link.space, end));
    const proof = encodePushLine({ type: 'attestation', attestation: { ...end, signature } });
    return await this.ask({ method: 'POST', path: protocolPaths.push, lines: proof + lines });
  }

  async ask(request: EndpointRequest): Promise<EndpointBody> {
    return await this.#signedIn((url, accessToken) => this.#setting.client.ask(url, { ...request, accessToken }));
  }

  async openStream(path: string, signal: AbortSignal): Promise<Response> {
    return await this.openFile({ method: 'GET', path }, signal);
  }

  /** An answer that is read as it comes; `type` when it may be something else than the usual. */
  async openFile(request: EndpointRequest, signal: AbortSignal, type?: string): Promise<Response> {
    return await this.#signedIn((url, accessToken) =>
      this.#setting.client.openStream(url, { ...request, accessToken }, signal, type),
    );
  }

  /** What broke while an answer was read, by its kind. */
  classify(error: unknown): EndpointError {
    return this.#setting.client.classify(error);
  }

  /** The endpoint's clock decides when a token has ended: then there is one more try with a fresh one. */
  async #signedIn<Value>(work: (url: string, token: string) => Promise<Value>): Promise<Value> {
    const { link } = await this.#mustRead();
    const token = await this.#accessToken();
    const value = await work(link.url, token).catch(async (error: unknown) => {
      const code = error instanceof EndpointError ? error.failure.problem?.code : undefined;
      if (code !== 'token-expired' && code !== 'not-signed-in') throw error;
      if (this.#access?.token === token) this.#access = null;
      return await work(link.url, await this.#accessToken());
    });
    this.#lastContactAt = this.#setting.now();
    return value;
  }

  async #accessToken(): Promise<string> {
    if (this.#access !== null && this.#setting.now() < this.#access.endsAt - renewBeforeMs) return this.#access.token;
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null));
    return await this.#refreshing;
  }

  async #refresh(): Promise<string> {
    const { client, log, now } = this.#setting;
    const held = await this.#mustRead();
    const { link, privateKey } = held;
    const prover = { device: link.device, privateKey };
    const answer = await refreshTokens(client, link.url, link.space, prover, held.refreshToken);
    const { refreshToken, account, person, roles } = answer;
    // Given up or enrolled anew in the meantime.
    if ((await this.#read())?.refreshToken !== held.refreshToken) {
      if (this.#access !== null) return this.#access.token;
      throw new EndpointError(failureOf('not-enrolled', 'the endpoint was given up'));
    }
    try {
      await this.#keep({ ...held, refreshToken, link: { ...link, account, person, roles, lastContactAt: now() } });
    } catch (error) {
      // Only what is on the disk is ever used for the next turn: the old token may be used again, the lost one was not.
      log({ level: 'error', where: 'endpoint', message: describeError(error) });
    }
    return this.#take(answer);
  }

  #take({ accessToken, expiresInMs }: TokenAnswer): string {
    this.#access = { token: accessToken, endsAt: this.#setting.now() + expiresInMs };
    return accessToken;
  }

  /** On the disk before it is made known: an endpoint that took the device knows it by this key for good. */
  async #readOrMakeKey(device: string): Promise<Connection> {
    const held = await this.#read();
    if (held !== null) return held;
    const made = { devices: [device], privateKey: makePrivateKey(), refreshToken: null, link: null };
    await this.#keep(made);
    return made;
  }

  /** One at a time: a file is written beside itself first. */
  async #keep(connection: Connection): Promise<void> {
    const keeping = this.#keeping.then(async () => {
      await this.#setting.file.write(connection);
      this.#connection = Promise.resolve(connection);
    });
    this.#keeping = keeping.catch(() => undefined);
    await keeping;
  }

  #read(): Promise<Connection | null> {
    this.#connection ??= this.#setting.file.read().catch((error: unknown) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  async #mustRead(): Promise<
    Connection & { readonly link: NonNullable<Connection['link']>; readonly refreshToken: string }
  > {
    const held = await this.#read();
    if (held === null || held.link === null || held.refreshToken === null)
      throw new EndpointError(failureOf('not-enrolled', 'no endpoint is set up for the space'));
    return { ...held, link: held.link, refreshToken: held.refreshToken };
  }
}
