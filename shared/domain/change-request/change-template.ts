import type { EntityDefinition } from '../field.ts';

const planText = { type: 'text', maxLength: 32_000, multiline: true, merge: 'text' } as const;

/** What a standard change is made of: a plan that is authorised beforehand. */
export const changeTemplate = {
  kind: 'change-template',
  area: 'policy',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    description: planText,
    implementationPlan: planText,
    backoutPlan: planText,
    testPlan: planText,
    asset: { type: 'reference', to: 'asset', merge: 'register', column: true },
    service: { type: 'reference', to: 'service', merge: 'register', column: true },
    queue: { type: 'reference', to: 'queue', merge: 'register', column: true },
    outage: { type: 'flag', merge: 'register', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** Fields a change takes over from its template; the plans stay as they were authorised. */
export const templateFields = [
  'description',
  'implementationPlan',
  'backoutPlan',
  'testPlan',
  'asset',
  'service',
  'queue',
  'outage',
] as const;
