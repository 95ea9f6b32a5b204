import { canonicalJson } from '../../sync/canonical-json.ts';
import { sha256Hex } from '../../sync/digest.ts';
import { readCalendarRecord, type CalendarIssue } from '../calendar/calendar-record.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { WorkingTime } from '../calendar/working-time.ts';
import { isZone } from '../calendar/zone.ts';
import type { RecordValues } from '../change.ts';
import { attachesTo, comparePreference, readServiceLevel, type ServiceLevel } from './read-service-level.ts';

/** Values of records by id: what targets are computed from besides the ticket itself. */
export type RecordsById = ReadonlyMap<string, RecordValues>;

export interface PolicyRecords {
  readonly levels: RecordsById;
  readonly calendars: RecordsById;
  readonly holidays: RecordsById;
  /** For their calendars. */
  readonly services: RecordsById;
  /** For their calendars and zones. */
  readonly sites: RecordsById;
}

/** A definition or calendar that is not in force although it is in use, and why. */
export interface PolicyProblem {
  readonly id: string;
  readonly kind: 'level-unreadable' | 'calendar-missing' | 'calendar-invalid';
  readonly issue?: CalendarIssue;
}

/**
 * The agreements in force at one moment: immutable, named by `version` (SLA-1), with the working time of every calendar
 * that was asked for.
 */
export class ServicePolicy {
  /** 16 hex digits, equal on every device that holds the same records. */
  readonly version: string;
  readonly problems: readonly PolicyProblem[];
  /** Definitions for one kind and target, the preferred first. */
  readonly groups: readonly (readonly ServiceLevel[])[];
  readonly #records: PolicyRecords;
  readonly #calendars = new Map<string, Calendar>();
  readonly #working = new Map<string, WorkingTime>();

  constructor(records: PolicyRecords) {
    this.#records = records;
    this.version = sha256Hex(canonicalJson(versionedText(records))).slice(0, 16);
    const problems: PolicyProblem[] = [];
    for (const [id, values] of records.calendars) {
      if (values['active'] === false) continue;
      const read = readCalendarRecord(values, holidaysOf(id, records.holidays));
      if (read.ok) this.#calendars.set(id, read.value);
      else problems.push({ id, kind: 'calendar-invalid', issue: read.failure });
    }
    const groups = new Map<string, ServiceLevel[]>();
    for (const [id, values] of records.levels) {
      const level = readServiceLevel(id, values);
      if (level === null) {
        if (values['active'] !== false) problems.push({ id, kind: 'level-unreadable' });
      } else if (!this.#calendars.has(level.calendar)) problems.push({ id, kind: 'calendar-missing' });
      else {
        const group = `${level.kind} ${level.target}`;
        groups.set(group, [...(groups.get(group) ?? []), level]);
      }
    }
    this.problems = problems;
    this.groups = [...groups.values()].map((group) => group.sort(comparePreference));
  }

  /** The definition of a group that counts for a ticket with these values. */
  levelFor(group: readonly ServiceLevel[], values: RecordValues): ServiceLevel | undefined {
    return group.find((level) => attachesTo(level, values));
  }

  /** Working time that counts for a ticket under a definition: its own calendar, or its service's or site's (SLA-3). */
  workingFor(level: ServiceLevel, values: RecordValues): WorkingTime {
    const owner =
      level.calendarFrom === 'service'
        ? this.#records.services.get(String(values['service']))
        : level.calendarFrom === 'site'
          ? this.#records.sites.get(String(values['site']))
          : undefined;
    const wanted = owner?.['calendar'];
    const id = typeof wanted === 'string' && this.#calendars.has(wanted) ? wanted : level.calendar;
    const siteZone = this.#records.sites.get(String(values['site']))?.['timeZone'];
    const zone = level.zoneFrom === 'site' && typeof siteZone === 'string' && isZone(siteZone) ? siteZone : null;
    return this.#workingTime(id, zone);
  }

  /** Plans the month of an instant for every calendar in use: the first plan of a zone takes its time. */
  warm(at: number): void {
    for (const level of this.groups.flat()) this.workingFor(level, {}).after(at, 1);
  }

  /** Name of a calendar that `workingFor` gave, also when it was read in another zone. */
  nameOf({ weekly }: Calendar): string {
    for (const [id, calendar] of this.#calendars)
      if (calendar.weekly === weekly) return String(this.#records.calendars.get(id)?.['name'] ?? '');
    return '';
  }

  #workingTime(id: string, zone: string | null): WorkingTime {
    const key = `${id} ${zone ?? ''}`;
    const known = this.#working.get(key);
    if (known) return known;
    const calendar = this.#calendars.get(id);
    if (!calendar) throw new Error(`calendar ${id} is not in force`);
    const working = new WorkingTime(zone === null ? calendar : { ...calendar, zone });
    this.#working.set(key, working);
    return working;
  }
}

function holidaysOf(calendar: string, holidays: RecordsById): readonly RecordValues[] {
  return [...holidays]
    .filter(([, values]) => values['calendar'] === calendar && values['active'] !== false)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, values]) => values);
}

/** Only what a target depends on: a service's new description is no new version. */
function versionedText({ levels, calendars, holidays, services, sites }: PolicyRecords): Record<string, unknown> {
  const whole = (records: RecordsById) => Object.fromEntries([...records].map(([id, values]) => [id, shown(values)]));
  const some = (records: RecordsById, fields: readonly string[]) =>
    Object.fromEntries(
      [...records].flatMap(([id, values]) => {
        const kept = fields.flatMap((name) => ((values[name] ?? null) === null ? [] : [[name, values[name]] as const]));
        return kept.length === 0 ? [] : [[id, Object.fromEntries(kept)] as const];
      }),
    );
  return {
    levels: whole(levels),
    calendars: whole(calendars),
    holidays: whole(holidays),
    services: some(services, ['calendar']),
    sites: some(sites, ['calendar', 'timeZone']),
  };
}

/** What was cleared counts as never written. */
function shown(values: RecordValues): RecordValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== false));
}
