import { criticalities } from './asset/asset-words.ts';
import { readMinUp } from './asset/redundancy.ts';
import { isZone } from './calendar/zone.ts';
import type { RecordValues, Refusal } from './change.ts';
import type { EntityDefinition } from './field.ts';
import { refuse } from './refusal.ts';

/** People, queues, services and sites a ticket points to. */
export const person = {
  kind: 'person',
  area: 'organisation',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    email: { type: 'text', maxLength: 254, merge: 'register', column: true, searched: true },
    phone: { type: 'text', maxLength: 50, merge: 'register', column: true },
    jobTitle: { type: 'text', maxLength: 200, merge: 'register', column: true },
    site: { type: 'reference', to: 'site', merge: 'register', column: true },
    /** Works on tickets (may be an assignee). */
    agent: { type: 'flag', merge: 'register', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** Assignment group: a team with a list of work. */
export const queue = {
  kind: 'queue',
  area: 'organisation',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    description: { type: 'text', maxLength: 2_000, multiline: true, merge: 'text' },
    members: { type: 'reference', to: 'person', merge: 'set' },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

export const service = {
  kind: 'service',
  area: 'organisation',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  check: checkService,
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    description: { type: 'text', maxLength: 2_000, multiline: true, merge: 'text' },
    supportQueue: { type: 'reference', to: 'queue', merge: 'register', column: true },
    /** Service hours, for targets that take them from the service. */
    calendar: { type: 'reference', to: 'calendar', merge: 'register', column: true },
    criticality: { type: 'choice', choices: criticalities, merge: 'register', column: true },
    /** How many of its configuration items must be up, `2` or `50%`; absent: all of them. */
    minUp: { type: 'text', maxLength: 6, merge: 'register', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

export const site = {
  kind: 'site',
  area: 'organisation',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  check: checkSite,
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    /** IANA zone, e.g. Europe/Berlin. */
    timeZone: { type: 'text', maxLength: 64, merge: 'register', column: true },
    /** Opening hours, for targets that take them from the site. */
    calendar: { type: 'reference', to: 'calendar', merge: 'register', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

function checkService({ minUp }: RecordValues): Refusal | null {
  return typeof minUp === 'string' && readMinUp(minUp) === null
    ? refuse('bad-redundancy', { field: 'minUp', values: { got: minUp } }).failure
    : null;
}

function checkSite({ timeZone }: RecordValues): Refusal | null {
  return typeof timeZone === 'string' && !isZone(timeZone)
    ? refuse('bad-time-zone', { field: 'timeZone', values: { got: timeZone } }).failure
    : null;
}
