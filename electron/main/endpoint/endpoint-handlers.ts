import { z } from 'zod';
import type { DesktopEvents } from '../../../shared/desktop-api.ts';
import type { EndpointFailure, EndpointFound, EndpointOutputs } from '../../../shared/desktop-endpoint.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { deviceInfoSchema, type DeviceInfo } from '../../../shared/sync/protocol-identity.ts';
import { protocolPaths } from '../../../shared/sync/protocol.ts';
import type { DesktopHandlers } from '../answer-call.ts';
import type { FileSystem } from '../journal/file-system.ts';
import type { Spaces } from '../journal/spaces.ts';
import type { Log } from '../log.ts';
import { adminCallOf } from '../../../shared/sync/protocol-admin.ts';
import { signInWithBrowser, type SignInSurroundings } from './browser-sign-in.ts';
import { ChoicesFile } from './choices-file.ts';
import { ConnectionFile } from './connection-file.ts';
import { EndpointClient, type Network } from './endpoint-client.ts';
import { EndpointLink } from './endpoint-link.ts';
import { askChallenge } from './device-tokens.ts';
import { EndpointError, failureOf, problemFailure } from './failures.ts';
import { HeadListener, type ListenerSetting } from './head-listener.ts';
import { parseJson } from './parse-json.ts';
import { PartFetcher } from './part-fetcher.ts';
import type { SecretSeal } from './secret-seal.ts';
import { readTypedAddress } from './typed-address.ts';

export interface EndpointSetting extends Pick<ListenerSetting, 'chance' | 'wait'> {
  readonly browser: Pick<SignInSurroundings, 'openBrowser' | 'comeBack' | 'locale'>;
  readonly disk: FileSystem;
  readonly spaces: Spaces;
  readonly seal: SecretSeal;
  readonly network: Network;
  readonly log: Log;
  readonly announce: <Name extends 'endpointHead' | 'endpointStream' | 'endpointPresence'>(
    name: Name,
    payload: DesktopEvents[Name],
  ) => void;
}

export interface EndpointHandlers {
  readonly handlers: Pick<DesktopHandlers, keyof EndpointOutputs>;
  /** Ends every stream. */
  readonly close: () => void;
}

/** How one space reaches its endpoint. */
interface Way {
  readonly link: EndpointLink;
  readonly listener: HeadListener;
  readonly parts: PartFetcher;
  readonly choices: ChoicesFile;
}

/** The calls of the boundary that reach an endpoint, each space by its own way. */
export function createEndpointHandlers(setting: EndpointSetting): EndpointHandlers {
  const { disk, spaces, seal, network, log, announce, chance, wait, browser } = setting;
  const client = new EndpointClient(network);
  let signingIn = new AbortController();
  const ways = new Map<string, Promise<Way>>();

  function wayOf(space: string): Promise<Way> {
    const known = ways.get(space);
    if (known !== undefined) return known;
    const opening = openWay(space);
    ways.set(space, opening);
    opening.catch(() => ways.delete(space));
    return opening;
  }

  async function openWay(space: string): Promise<Way> {
    const stores = await spaces.open(space);
    const file = new ConnectionFile(disk, stores.folder, seal, log);
    const device = async (): Promise<string> => stores.journal.state.device;
    const link = new EndpointLink({ client, file, device, log, now: network.now });
    const listener = new HeadListener({
      link,
      heard: (head) => announce('endpointHead', { space, ...head }),
      present: (event) => announce('endpointPresence', { space, ...event }),
      changed: (open) => announce('endpointStream', { space, open }),
      chance,
      wait,
    });
    const choices = new ChoicesFile(disk, stores.folder, log);
    return { link, listener, choices, parts: new PartFetcher(link, network.now) };
  }

  /** Failures of the way are values; anything else is a bug or the disk, and is told as every call tells it. */
  async function settle<Value>(work: () => Promise<Value>): Promise<Result<Value, EndpointFailure>> {
    try {
      return succeed(await work());
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      log({ level: 'info', where: 'endpoint', message: error.message });
      return fail(error.failure);
    }
  }

  const through = async <Value>(
    space: string,
    work: (link: EndpointLink) => Promise<Value>,
  ): Promise<Result<Value, EndpointFailure>> => {
    const { link } = await wayOf(space);
    return settle(() => work(link));
  };

  return {
    handlers: {
      endpointEnrol: (input) => through(input.space, (link) => link.enrol(input)),
      endpointSignIn: ({ space, ...input }) =>
        through(space, (link) => {
          // One browser, one sign-in: a new one takes the place of what was left open.
          signingIn.abort();
          signingIn = new AbortController();
          const { signal } = signingIn;
          return link.signIn(input, (url, device) =>
            signInWithBrowser({ ...browser, wait }, client, url, device, signal),
          );
        }),
      endpointCancelSignIn: async () => {
        signingIn.abort();
        return null;
      },
      endpointRenew: ({ space }) => through(space, (link) => link.renew()),
      endpointTest: ({ url }) => settle(() => findEndpoint(client, url)),
      endpointAccount: async ({ space }) => (await wayOf(space)).link.account(),
      endpointForget: async ({ space }) => {
        const { link, listener } = await wayOf(space);
        listener.stop();
        await link.forget();
        return null;
      },
      endpointHello: ({ space, request }) =>
        through(space, (link) => link.ask({ method: 'POST', path: protocolPaths.hello, json: request })),
      endpointPush: ({ space, lines, end }) => through(space, (link) => link.push(lines, end)),
      endpointPull: ({ space, epoch, after, limit }) =>
        through(space, (link) => link.ask(get(protocolPaths.pull, { epoch, after, limit }))),
      endpointRecords: ({ space, after, limit }) =>
        through(space, (link) => link.ask(get(protocolPaths.records, { after, limit }))),
      endpointRecord: ({ space, entity, id }) =>
        through(space, (link) =>
          link.ask({
            method: 'GET',
            path: [protocolPaths.records, encodeURIComponent(entity), encodeURIComponent(id)].join('/'),
          }),
        ),
      endpointSnapshot: ({ space, hash }) =>
        through(space, (link) => link.ask({ method: 'GET', path: `${protocolPaths.snapshots}/${hash}` })),
      endpointSnapshotPart: async ({ space, ...part }) => {
        const { parts } = await wayOf(space);
        return await settle(() => parts.fetch(part));
      },
      endpointDevices: ({ space }) => through(space, (link) => readDevices(link)),
      endpointAdmin: ({ space, request }) => through(space, (link) => link.ask(adminCallOf(request))),
      endpointSearch: ({ space, text }) => through(space, (link) => link.ask(get(protocolPaths.search, { text }))),
      endpointChoices: async ({ space }) => (await wayOf(space)).choices.read(),
      endpointChoose: async ({ space, choices }) => {
        await (await wayOf(space)).choices.write(choices);
        return null;
      },
      endpointEditing: ({ space, records }) =>
        through(space, async (link) => {
          await link.ask({ method: 'POST', path: protocolPaths.presence, json: { records } });
          return null;
        }),
      endpointListen: async ({ space, on }) => {
        const { listener } = await wayOf(space);
        if (on) listener.start();
        else listener.stop();
        return null;
      },
    },
    close: () => {
      signingIn.abort();
      for (const way of ways.values()) void way.then(({ listener }) => listener.stop()).catch(() => undefined);
    },
  };
}

async function findEndpoint(client: EndpointClient, typed: string): Promise<EndpointFound> {
  const address = readTypedAddress(typed);
  if (!address.ok) throw new EndpointError(problemFailure(address.failure));
  const { space, serverTime, ms, signIn } = await askChallenge(client, address.value);
  return { url: address.value, space, serverTime, ms, provider: signIn?.provider ?? null };
}

async function readDevices(link: EndpointLink): Promise<readonly DeviceInfo[]> {
  const { text } = await link.ask({ method: 'GET', path: protocolPaths.devices });
  const parsed = z.object({ devices: z.array(deviceInfoSchema) }).safeParse(parseJson(text));
  if (parsed.success) return parsed.data.devices;
  throw new EndpointError(failureOf('captive-portal', 'expected a list of devices'));
}

function get(
  path: string,
  query: Readonly<Record<string, string | number>>,
): { readonly method: 'GET'; readonly path: string } {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  return { method: 'GET', path: `${path}?${search.toString()}` };
}
