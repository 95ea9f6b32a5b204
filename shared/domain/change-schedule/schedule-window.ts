import { isZone } from '../calendar/zone.ts';
import type { RecordValues, Refusal } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { elementsOf } from '../set-elements.ts';
import { refuse } from '../refusal.ts';

/** A stretch of wall clock in a zone, once or again and again; for some items and services, or for all. */
const shared = {
  area: 'policy',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  check: checkWindow,
  computed: {
    /** Ids it is for, joined by a blank; '' for all. */
    covers: {
      type: 'text',
      maxLength: 100_000,
      of: (values) => [...elementsOf(values, 'assets'), ...elementsOf(values, 'services')].toSorted().join(' '),
    },
  },
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    /** IANA zone, e.g. Europe/Berlin: the wall clock it is written in. */
    timeZone: { type: 'text', maxLength: 64, merge: 'register', column: true, required: true },
    /** Wall clock: `2026-12-20T00:00`. Half-open: the end does not belong to it. */
    startsAt: { type: 'text', maxLength: 16, merge: 'register', column: true, required: true },
    endsAt: { type: 'text', maxLength: 16, merge: 'register', column: true, required: true },
    /** Recurrence rule of iCalendar, e.g. `FREQ=WEEKLY;BYDAY=SA`; absent: once. */
    recurrence: { type: 'text', maxLength: 200, merge: 'register', column: true },
    assets: { type: 'reference', to: 'asset', merge: 'set' },
    services: { type: 'reference', to: 'service', merge: 'set' },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies Omit<EntityDefinition, 'kind'>;

/** When nothing may be changed. */
export const blackout = { ...shared, kind: 'blackout' } as const satisfies EntityDefinition;

/** When what it is for may be changed, and at no other time. */
export const maintenanceWindow = { ...shared, kind: 'maintenance-window' } as const satisfies EntityDefinition;

const wallTime = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/;
const rulePart =
  /^(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[1-9]\d{0,2}|COUNT=[1-9]\d{0,3}|UNTIL=\d{8}(T\d{6}Z?)?|BYDAY=[-+\dA-Z,]+|BYMONTHDAY=[-\d,]+|BYMONTH=[\d,]+|BYSETPOS=-?\d+)$/;

function checkWindow({ timeZone, startsAt, endsAt, recurrence }: RecordValues): Refusal | null {
  if (typeof timeZone !== 'string' || !isZone(timeZone))
    return refuse('bad-time-zone', { field: 'timeZone', values: { got: String(timeZone) } }).failure;
  for (const [field, value] of Object.entries({ startsAt, endsAt }))
    if (!wallTime.test(String(value)))
      return refuse('bad-wall-time', { field, values: { got: String(value) } }).failure;
  if (String(endsAt) <= String(startsAt)) return refuse('bad-window', { field: 'endsAt' }).failure;
  const rule = typeof recurrence === 'string' ? recurrence : null;
  const isRule = rule === null || (rule.startsWith('FREQ=') && rule.split(';').every((part) => rulePart.test(part)));
  return isRule ? null : refuse('bad-recurrence', { field: 'recurrence', values: { got: rule } }).failure;
}
