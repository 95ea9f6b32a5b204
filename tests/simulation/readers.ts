import type { Reader } from '../../shared/sync/quarantine.ts';

export const oldReader: Reader = {
  schemaVersion: 1,
  knowsKind: (kind) => kind === 'ticket' || kind === 'ticket-entry',
};
/** Reads everything; writes the newer schema. */
export const newReader: Reader = {
  schemaVersion: 2,
  knowsKind: (kind) => kind === 'ticket' || kind === 'ticket-entry' || kind === 'kind-of-tomorrow',
};
