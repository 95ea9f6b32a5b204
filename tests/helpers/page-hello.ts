import { ownReader } from '../../renderer/data/remote/reader.ts';
import { protocolLimits, type HelloAnswer } from '../../shared/sync/protocol.ts';
import type { PageEndpoint } from './page-endpoint.ts';

/** The greeting of an endpoint that shows a desk everything. */
export function helloOf({ replica, log }: PageEndpoint): HelloAnswer {
  return {
    protocol: 1,
    schemaVersion: ownReader.schemaVersion,
    space: 'space-1',
    epoch: 'e',
    serverTime: 1_760_000_000_000,
    head: log.length,
    minPosition: 0,
    held: replica.held,
    lastHash: replica.log.lastHashes(),
    attested: {},
    voided: [...replica.voidings.keys()],
    forks: Object.fromEntries(
      [...replica.forks].map(([device, seq]) => [device, { seq, hash: replica.log.hashOf(`${device}:${seq}`) ?? '' }]),
    ),
    limits: protocolLimits,
    you: { account: 'a', person: '', roles: [], queues: [] },
    scope: 's1',
    snapshot: null,
  };
}
