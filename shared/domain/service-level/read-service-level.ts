import type { RecordValues } from '../change.ts';
import { elementsOf } from '../set-elements.ts';
import { choiceAmong } from '../ticket/ticket-values.ts';
import {
  calendarSources,
  changeRules,
  durationUnits,
  reopenRules,
  responseStops,
  serviceLevelKinds,
  targetNames,
  zoneSources,
  type ResponseStop,
  type ServiceLevelKind,
  type TargetName,
} from './service-level-words.ts';
import { readStep, usualSteps, type Step } from './step.ts';
import type { TargetDuration } from './target-clock.ts';

/** A definition in force, read from its record. */
export interface ServiceLevel {
  readonly id: string;
  readonly name: string;
  readonly kind: ServiceLevelKind;
  readonly target: TargetName;
  readonly duration: TargetDuration;
  readonly calendar: string;
  readonly calendarFrom: (typeof calendarSources)[number];
  readonly zoneFrom: (typeof zoneSources)[number];
  /** Ticket field and the values that match; fields that match any value are left out. */
  readonly conditions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly pausesOn: ReadonlySet<string>;
  readonly responseStop: ResponseStop;
  readonly onChange: (typeof changeRules)[number];
  readonly onReopen: (typeof reopenRules)[number];
  readonly steps: readonly Step[];
  readonly noticesInHours: boolean;
}

/** Condition set of the record, and the field of the ticket it is about. */
const conditionFields = {
  types: 'type',
  priorities: 'priority',
  services: 'service',
  sites: 'site',
  queues: 'queue',
} as const;

/**
 * Reads a record. Null for one that is out of use (SLA-11: its targets end with it) or that this version cannot
 * understand: a definition half understood would promise what nobody agreed to.
 */
export function readServiceLevel(id: string, values: RecordValues): ServiceLevel | null {
  const kind = choiceAmong(serviceLevelKinds, values['kind']);
  const target = choiceAmong(targetNames, values['target']);
  const unit = choiceAmong(durationUnits, values['unit']);
  const { amount, calendar } = { amount: values['amount'], calendar: values['calendar'] };
  if (values['active'] === false || kind === undefined || target === undefined || unit === undefined) return null;
  if (typeof amount !== 'number' || !(amount > 0) || typeof calendar !== 'string') return null;
  const steps = elementsOf(values, 'steps');
  return {
    id,
    name: String(values['name'] ?? ''),
    kind,
    target,
    duration:
      unit === 'working-days'
        ? { unit, amount, endOfDay: values['endOfDay'] === true }
        : { unit: 'minutes', amount: unit === 'hours' ? amount * 60 : amount },
    calendar,
    calendarFrom: choiceAmong(calendarSources, values['calendarFrom']) ?? 'level',
    zoneFrom: choiceAmong(zoneSources, values['zoneFrom']) ?? 'calendar',
    conditions: readConditions(values),
    pausesOn: new Set(elementsOf(values, 'pausesOn')),
    responseStop: choiceAmong(responseStops, values['responseStop']) ?? 'reply-or-start',
    onChange: choiceAmong(changeRules, values['onChange']) ?? 'retroactive',
    onReopen: choiceAmong(reopenRules, values['onReopen']) ?? 'resume',
    steps: (steps.length === 0 ? usualSteps : steps).flatMap((text) => readStep(text) ?? []),
    noticesInHours: values['noticesInHours'] === true,
  };
}

function readConditions(values: RecordValues): ReadonlyMap<string, ReadonlySet<string>> {
  const conditions = new Map<string, ReadonlySet<string>>();
  for (const [set, field] of Object.entries(conditionFields)) {
    const wanted = elementsOf(values, set);
    if (wanted.length > 0) conditions.set(field, new Set(wanted));
  }
  return conditions;
}

/** Whether a definition attaches to a ticket with these values. */
export function attachesTo(level: ServiceLevel, values: RecordValues): boolean {
  for (const [field, wanted] of level.conditions) {
    const value = values[field];
    if (typeof value !== 'string' || !wanted.has(value)) return false;
  }
  return true;
}

/**
 * Which definition counts where several attach: the one with more conditions, then the shorter, then the smaller id, so
 * that every device picks the same.
 */
export function comparePreference(left: ServiceLevel, right: ServiceLevel): number {
  return (
    right.conditions.size - left.conditions.size ||
    roughMs(left.duration) - roughMs(right.duration) ||
    (left.id < right.id ? -1 : 1)
  );
}

/** For ordering only: a working day counts as a third of a day. */
function roughMs({ unit, amount }: TargetDuration): number {
  return amount * (unit === 'minutes' ? 60_000 : 8 * 3_600_000);
}
