import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { RecordValues } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { relationTypes, type RelationType } from './relation-types.ts';

/** CMDB-1: one record for a relation of two configuration items; either end reads it in its own words. */
export const assetRelation = {
  kind: 'asset-relation',
  area: 'organisation',
  plain: true,
  referencePrefix: null,
  titleField: 'type',
  identify: identifyRelation,
  fields: {
    from: { type: 'reference', to: 'asset', merge: 'fixed', column: true, required: true },
    type: { type: 'choice', choices: relationTypes, merge: 'fixed', column: true, required: true },
    to: { type: 'reference', to: 'asset', merge: 'fixed', column: true, required: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

function identifyRelation({ from, type, to }: RecordValues): string | null {
  const known = relationTypes.find((each) => each === type);
  return typeof from === 'string' && typeof to === 'string' && known !== undefined ? relationId(from, known, to) : null;
}

/** Names both ends and the type, so that two devices that relate the same make one record. */
export function relationId(from: string, type: RelationType, to: string): string {
  return `rel-${bytesToHex(sha256(utf8ToBytes(JSON.stringify([from, type, to])))).slice(0, 32)}`;
}
