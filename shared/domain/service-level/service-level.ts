import type { RecordValues, Refusal } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { refuse } from '../refusal.ts';
import { onHoldReasons, priorities, ticketTypes } from '../ticket/ticket.ts';
import {
  calendarSources,
  changeRules,
  durationUnits,
  reopenRules,
  responseStops,
  serviceLevelKinds,
  targetNames,
  zoneSources,
} from './service-level-words.ts';
import { readStep } from './step.ts';

/** Greatest amount: a year of minutes. */
const amountMax = 366 * 24 * 60;

/** Definition of one target (2.9). Empty sets of conditions match every ticket. */
export const serviceLevel = {
  kind: 'service-level',
  area: 'policy',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  check: checkServiceLevel,
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    kind: { type: 'choice', choices: serviceLevelKinds, merge: 'register', column: true, required: true },
    target: { type: 'choice', choices: targetNames, merge: 'register', column: true, required: true },
    amount: { type: 'count', merge: 'register', column: true, required: true },
    unit: { type: 'choice', choices: durationUnits, merge: 'register', column: true, required: true },
    /** Working days: until that day's work ends, in place of the same time of day. */
    endOfDay: { type: 'flag', merge: 'register' },
    calendar: { type: 'reference', to: 'calendar', merge: 'register', column: true, required: true },
    calendarFrom: { type: 'choice', choices: calendarSources, merge: 'register' },
    zoneFrom: { type: 'choice', choices: zoneSources, merge: 'register' },
    types: { type: 'choice', choices: ticketTypes, merge: 'set' },
    priorities: { type: 'choice', choices: priorities, merge: 'set' },
    services: { type: 'reference', to: 'service', merge: 'set' },
    sites: { type: 'reference', to: 'site', merge: 'set' },
    queues: { type: 'reference', to: 'queue', merge: 'set' },
    /** Reasons of a hold that stop the clock; none: it never pauses. */
    pausesOn: { type: 'choice', choices: onHoldReasons, merge: 'set' },
    responseStop: { type: 'choice', choices: responseStops, merge: 'register' },
    onChange: { type: 'choice', choices: changeRules, merge: 'register' },
    onReopen: { type: 'choice', choices: reopenRules, merge: 'register' },
    /** `75%` of the open time, `-30m` before and `+60m` after the due time (SLA-12). */
    steps: { type: 'text', maxLength: 12, merge: 'set' },
    /** Notices wait until the calendar is open. */
    noticesInHours: { type: 'flag', merge: 'register' },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** What must hold over several fields, or over a value that its type does not tell. */
function checkServiceLevel(values: RecordValues): Refusal | null {
  const amount = Number(values['amount']);
  if (amount < 1 || amount > amountMax)
    return refuse('bad-duration', { field: 'amount', values: { max: amountMax, got: amount } }).failure;
  for (const [name, value] of Object.entries(values)) {
    const step = value === true && name.startsWith('steps/') ? name.slice('steps/'.length) : null;
    if (step !== null && readStep(step) === null)
      return refuse('bad-step', { field: 'steps', values: { got: step } }).failure;
  }
  return null;
}
