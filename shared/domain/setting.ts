import type { EntityDefinition } from './field.ts';

/** One setting of the space (priority matrix, ...), merged like any record. Its id is its name, so that every device writes the same record. */
export const setting = {
  kind: 'setting',
  area: 'setting',
  referencePrefix: null,
  titleField: 'name',
  fields: {
    name: { type: 'text', maxLength: 100, merge: 'fixed', column: true },
    /** JSON text; its schema belongs to the setting's name. */
    value: { type: 'text', maxLength: 32_000, multiline: true, merge: 'register' },
  },
} as const satisfies EntityDefinition;
