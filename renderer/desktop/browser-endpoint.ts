import { usualChoices, type EndpointFailure, type EndpointOutputs } from '../../shared/desktop-endpoint.ts';
import type { Handlers } from './stand-in-handlers.ts';

const offline: EndpointFailure = {
  kind: 'offline',
  problem: null,
  retryAfterMs: null,
  detail: 'A page in a plain browser reaches no endpoint.',
};

/** A desk in a plain browser has no endpoint: the page's policy lets it reach no network. */
export function createBrowserEndpoint(): Pick<Handlers, keyof EndpointOutputs> {
  const refuse = async (): Promise<{ readonly ok: false; readonly failure: EndpointFailure }> => ({
    ok: false,
    failure: offline,
  });
  return {
    endpointEnrol: refuse,
    endpointSignIn: refuse,
    endpointCancelSignIn: async () => null,
    endpointRenew: refuse,
    endpointTest: refuse,
    endpointAccount: async () => null,
    endpointForget: async () => null,
    endpointHello: refuse,
    endpointPush: refuse,
    endpointPull: refuse,
    endpointRecords: refuse,
    endpointRecord: refuse,
    endpointSnapshot: refuse,
    endpointSnapshotPart: refuse,
    endpointDevices: refuse,
    endpointAdmin: refuse,
    endpointSearch: refuse,
    endpointChoices: async () => usualChoices,
    endpointChoose: async () => null,
    endpointEditing: refuse,
    endpointListen: async () => null,
  };
}
