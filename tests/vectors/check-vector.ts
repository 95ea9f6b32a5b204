import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { uniteIntervals, type Interval } from '../../shared/domain/calendar/interval.ts';
import { readCalendar } from '../../shared/domain/calendar/read-calendar.ts';
import { WorkingTime } from '../../shared/domain/calendar/working-time.ts';
import { budgetOf, dueAfter, usedMs } from '../../shared/domain/service-level/target-clock.ts';

/** A file of vectors: calendars by name, and questions about them with their answers. */
const vectorFile = z.object({
  calendars: z.record(z.string(), z.looseObject({})),
  vectors: z.array(z.looseObject({ id: z.string() })).min(1),
});
const local = z.string();
const common = {
  id: z.string(),
  calendar: z.string(),
  startLocal: local.optional(),
  startUtc: z.string().optional(),
  pausesLocal: z.array(z.tuple([local, local])).default([]),
  pausesUtc: z.array(z.tuple([z.string(), z.string()])).default([]),
  note: z.string().default(''),
};
const vector = z.discriminatedUnion('fn', [
  z.object({
    ...common,
    fn: z.literal('due'),
    targetMinutes: z.number().nonnegative().optional(),
    targetWorkingDays: z.int().nonnegative().optional(),
    dueLocal: local.optional(),
    dueUtc: z.string().optional(),
  }),
  z.object({
    ...common,
    fn: z.literal('openMinutes'),
    endLocal: local.optional(),
    endUtc: z.string().optional(),
    expectedMinutes: z.number(),
  }),
]);
type Vector = z.infer<typeof vector>;

export interface VectorOutcome {
  readonly id: string;
  readonly passed: boolean;
  /** What was asked, what came out, and what was expected if that differs. */
  readonly text: string;
}

/** Checks every vector of a file. Throws when the text is not of the form of `sla-vectors.json`. */
export function checkVectors(text: string): readonly VectorOutcome[] {
  const file = vectorFile.parse(JSON.parse(text));
  const working = new Map<string, WorkingTime | string>();
  for (const [name, calendar] of Object.entries(file.calendars)) {
    const read = readCalendar({
      zone: calendar['tz'] ?? calendar['zone'],
      weekly: calendar['weekly'],
      holidays: calendar['holidays'] ?? [],
      specialDays: calendar['specialDays'] ?? {},
    });
    const broken = read.ok ? null : `calendar ${name}: ${read.failure.problem} at ${read.failure.where}`;
    working.set(name, read.ok ? new WorkingTime(read.value) : `${broken}, got ${read.ok ? '' : read.failure.got}`);
  }
  return file.vectors.map((raw) => {
    try {
      return checkVector(vector.parse(raw), working);
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : String(error);
      return { id: raw.id, passed: false, text: why };
    }
  });
}

function checkVector(asked: Vector, calendars: ReadonlyMap<string, WorkingTime | string>): VectorOutcome {
  const working = calendars.get(asked.calendar);
  if (working === undefined) throw new Error(`no calendar ${asked.calendar}`);
  if (typeof working === 'string') throw new Error(working);
  const { zone } = working.calendar;
  const start = instantOf(asked.startLocal, asked.startUtc, zone, 'start');
  const pauses = uniteIntervals([
    ...asked.pausesLocal.map(([from, to]) => toInterval(fromLocal(from, zone), fromLocal(to, zone))),
    ...asked.pausesUtc.map(([from, to]) => toInterval(Date.parse(from), Date.parse(to))),
  ]);
  if (asked.fn === 'openMinutes') {
    const end = instantOf(asked.endLocal, asked.endUtc, zone, 'end');
    const minutes = usedMs(working, start, end, pauses) / 60_000;
    const passed = minutes === asked.expectedMinutes;
    return outcome(asked, `${minutes} min open`, passed ? null : `${asked.expectedMinutes} min`);
  }
  const expected = instantOf(asked.dueLocal, asked.dueUtc, zone, 'due');
  const duration =
    asked.targetWorkingDays === undefined
      ? ({ unit: 'minutes', amount: required(asked.targetMinutes, 'targetMinutes') } as const)
      : ({ unit: 'working-days', amount: asked.targetWorkingDays } as const);
  const budget = budgetOf(working, start, duration);
  const due = budget === null ? null : dueAfter(working, start, budget, pauses);
  return outcome(asked, textOf(due, zone), due === expected ? null : textOf(expected, zone));
}

function outcome({ id, fn, calendar, note }: Vector, came: string, expected: string | null): VectorOutcome {
  const asked = `${fn.padEnd(11)} ${calendar.padEnd(8)} ${came}`;
  const wrong = expected === null ? '' : `, expected ${expected}`;
  return { id, passed: expected === null, text: `${asked}${wrong}${note === '' ? '' : `  (${note})`}` };
}

/** The UTC text is exact; the local one may name an hour that comes twice, and must not contradict it. */
function instantOf(wall: string | undefined, utc: string | undefined, zone: string, name: string): number {
  if (utc === undefined) return fromLocal(required(wall, `${name}Local or ${name}Utc`), zone);
  const instant = Temporal.Instant.from(utc);
  if (wall !== undefined && !instant.toZonedDateTimeISO(zone).toPlainDateTime().equals(plain(wall)))
    throw new Error(`${name}Local ${wall} and ${name}Utc ${utc} are not the same instant in ${zone}`);
  return instant.epochMilliseconds;
}

function fromLocal(wall: string, zone: string): number {
  return plain(wall).toZonedDateTime(zone).epochMilliseconds;
}

function plain(wall: string): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(wall.replace(' ', 'T'));
}

function toInterval(from: number, to: number): Interval {
  return { from, to };
}

function textOf(instant: number | null, zone: string): string {
  if (instant === null) return 'never';
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return `${zoned.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')} ${zoned.offset}`;
}

function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}
