import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EntityDefinition } from '../field.ts';

export const stockTakeStates = ['counting', 'finished'] as const;

const total = { type: 'count', merge: 'register', column: true } as const;

/** A count of what is at one site: the place first, then everything that is found there. */
export const stockTake = {
  kind: 'stock-take',
  area: 'organisation',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    site: { type: 'reference', to: 'site', merge: 'fixed', column: true, required: true },
    startedAt: { type: 'instant', merge: 'fixed', column: true },
    state: {
      type: 'choice',
      choices: stockTakeStates,
      merge: 'guarded',
      precedence: stockTakeStates,
      column: true,
    },
    finishedAt: { type: 'instant', merge: 'register', column: true },
    /** As they were when it was finished: assets go on moving. */
    foundCount: total,
    misplacedCount: total,
    missingCount: total,
    unknownCount: total,
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** One thing that was found: an asset, or a text that no asset here has. */
export const stockTakeEntry = {
  kind: 'stock-take-entry',
  area: 'organisation',
  referencePrefix: null,
  titleField: 'scanned',
  fields: {
    stockTake: { type: 'reference', to: 'stock-take', merge: 'fixed', column: true, required: true },
    asset: { type: 'reference', to: 'asset', merge: 'fixed', column: true },
    scanned: { type: 'text', maxLength: 200, merge: 'fixed', column: true, required: true },
    countedAt: { type: 'instant', merge: 'fixed', column: true },
    countedBy: { type: 'reference', to: 'person', merge: 'fixed', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** Names what was counted, so that two people who count the same shelf offline make one entry of it. */
export function stockTakeEntryId(stockTakeId: string, asset: string | null, scanned: string): string {
  const named = JSON.stringify([stockTakeId, asset ?? '', asset === null ? scanned : '']);
  return `count-${bytesToHex(sha256(utf8ToBytes(named))).slice(0, 32)}`;
}
