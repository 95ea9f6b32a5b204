import type { EntityDefinition } from '../field.ts';
import { baseClasses, type BaseClass } from './asset-words.ts';

/** Attributes that belong to some classes only; the rest of an asset's fields are every asset's. */
const deviceAttributes = ['brand', 'model', 'serial', 'assetTag', 'location'] as const;
const addressAttributes = ['hostName', 'addresses'] as const;
const machineAttributes = ['operatingSystem', 'cpu', 'memory'] as const;
const licenceAttributes = [
  'software',
  'licenceType',
  'seats',
  'overQuota',
  'licenceKey',
  'startsAt',
  'expiresAt',
] as const;

export const classAttributes = [
  ...deviceAttributes,
  ...addressAttributes,
  ...machineAttributes,
  'version',
  ...licenceAttributes,
] as const;
export type ClassAttribute = (typeof classAttributes)[number];

const attributesByBase: Readonly<Record<BaseClass, readonly ClassAttribute[]>> = {
  hardware: [...deviceAttributes, ...addressAttributes, ...machineAttributes],
  network: [...deviceAttributes, ...addressAttributes, 'version'],
  software: ['brand', 'version'],
  licence: licenceAttributes,
  service: [],
  site: ['location'],
  virtual: [...addressAttributes, ...machineAttributes],
  other: [...deviceAttributes],
};

/** A class of the organisation's own: a name, what it is at bottom, and attributes it has besides. */
export const assetClass = {
  kind: 'asset-class',
  area: 'organisation',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  fields: {
    name: { type: 'text', maxLength: 100, merge: 'register', column: true, searched: true, required: true },
    baseClass: { type: 'choice', choices: baseClasses, merge: 'register', column: true, required: true },
    attributes: { type: 'choice', choices: classAttributes, merge: 'set' },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** What to show of an asset: the attributes of its base class, those of its own class, and any that are filled in. */
export function attributesOf(
  baseClass: unknown,
  ownAttributes: readonly string[],
  isFilled: (attribute: ClassAttribute) => boolean,
): readonly ClassAttribute[] {
  const base = baseClasses.find((each) => each === baseClass);
  const usual: readonly ClassAttribute[] = base === undefined ? deviceAttributes : attributesByBase[base];
  return classAttributes.filter(
    (attribute) => usual.includes(attribute) || ownAttributes.includes(attribute) || isFilled(attribute),
  );
}
