import type { RecordValues, Refusal } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { refuse } from '../refusal.ts';
import { mayFollow } from './asset-status.ts';
import { assetStatuses, baseClasses, criticalities, depreciationMethods, licenceTypes } from './asset-words.ts';
import { readRedundancy } from './redundancy.ts';

const shortText = { type: 'text', maxLength: 200, merge: 'register' } as const;
const personField = { type: 'reference', to: 'person', merge: 'register', column: true } as const;
const instantField = { type: 'instant', merge: 'register', column: true } as const;
const countField = { type: 'count', merge: 'register', column: true } as const;

/** Asset / configuration item (CI): what services are made of, and what it costs. */
export const asset = {
  kind: 'asset',
  area: 'organisation',
  plain: true,
  referencePrefix: 'CI',
  titleField: 'name',
  check: checkAsset,
  fields: {
    /** Device reference (D1), as printed on labels: valid for ever. */
    reference: { type: 'text', maxLength: 64, merge: 'fixed', column: true, searched: true, stamped: true },
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    baseClass: { type: 'choice', choices: baseClasses, merge: 'register', column: true },
    /** The finer class, e.g. Laptop; an `asset-class` of that name adds attributes. */
    assetClass: { type: 'text', maxLength: 100, merge: 'register', column: true },
    status: {
      type: 'choice',
      choices: assetStatuses,
      merge: 'guarded',
      precedence: assetStatuses,
      column: true,
    },
    criticality: { type: 'choice', choices: criticalities, merge: 'register', column: true },
    serial: { type: 'text', maxLength: 100, merge: 'register', column: true, searched: true },
    assetTag: { type: 'text', maxLength: 100, merge: 'register', column: true, searched: true },
    brand: { type: 'text', maxLength: 100, merge: 'register', column: true },
    model: { type: 'text', maxLength: 100, merge: 'register', column: true },
    service: { type: 'reference', to: 'service', merge: 'register', column: true },
    supportQueue: { type: 'reference', to: 'queue', merge: 'register', column: true },
    site: { type: 'reference', to: 'site', merge: 'register', column: true },
    location: { ...shortText, column: true },
    /** Who uses it. */
    assignedTo: personField,
    /** Who answers for it. */
    owner: personField,
    managedBy: personField,
    purchasedAt: instantField,
    inServiceAt: instantField,
    warrantyEnd: instantField,
    supplier: { ...shortText, column: true },
    contract: shortText,
    /** In hundredths of the currency. */
    cost: countField,
    /** ISO 4217, e.g. EUR. */
    currency: { type: 'text', maxLength: 3, merge: 'register', column: true },
    depreciation: { type: 'choice', choices: depreciationMethods, merge: 'register' },
    /** Months until it is written off. */
    usefulLife: { type: 'count', merge: 'register' },
    /** What remains at the end, in hundredths of the currency. */
    residualValue: { type: 'count', merge: 'register' },
    hostName: { ...shortText, column: true },
    addresses: shortText,
    operatingSystem: { type: 'text', maxLength: 100, merge: 'register', column: true },
    cpu: shortText,
    memory: shortText,
    version: { type: 'text', maxLength: 100, merge: 'register', column: true },
    /** Licences: the software they are for. */
    software: { type: 'reference', to: 'asset', merge: 'register', column: true },
    licenceType: { type: 'choice', choices: licenceTypes, merge: 'register', column: true },
    seats: countField,
    overQuota: { type: 'flag', merge: 'register', column: true },
    licenceKey: shortText,
    startsAt: instantField,
    /** Absent: perpetual. */
    expiresAt: instantField,
    /** How many neighbours of a relation must be up, see `readRedundancy`: `powers=1 hosted-on=50%`. */
    redundancy: { type: 'text', maxLength: 100, merge: 'register', column: true },
    description: { type: 'text', maxLength: 8_000, multiline: true, merge: 'text' },
    /** Attributes no class knows, `Name: value` on a line each. */
    furtherAttributes: { type: 'text', maxLength: 8_000, multiline: true, merge: 'text' },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

function checkAsset(values: RecordValues, before: RecordValues): Refusal | null {
  const { status, redundancy, currency } = values;
  if (!mayFollow(before['status'], status))
    return refuse('no-such-status', { field: 'status', values: { from: String(before['status']), to: String(status) } })
      .failure;
  if (typeof redundancy === 'string' && readRedundancy(redundancy) === null)
    return refuse('bad-redundancy', { field: 'redundancy', values: { got: redundancy } }).failure;
  if (typeof currency === 'string' && !/^[A-Z]{3}$/.test(currency))
    return refuse('bad-currency', { field: 'currency', values: { got: currency } }).failure;
  return null;
}
