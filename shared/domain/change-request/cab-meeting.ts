import type { EntityDefinition } from '../field.ts';

/** A meeting of the change advisory board. Its agenda are the changes that name it (`cabMeeting`). */
export const cabMeeting = {
  kind: 'cab-meeting',
  area: 'change',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    startsAt: { type: 'instant', merge: 'register', column: true, required: true },
    place: { type: 'text', maxLength: 200, merge: 'register', column: true },
    attendees: { type: 'reference', to: 'person', merge: 'set' },
    minutes: { type: 'text', maxLength: 32_000, multiline: true, merge: 'text' },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;
