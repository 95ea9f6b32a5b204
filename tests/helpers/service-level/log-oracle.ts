import { openMinutes, type OracleCalendar } from './minute-oracle.ts';

const minuteMs = 60_000;

/** One row of the log as it stands in the file; instants in ms. */
export interface LogRow {
  readonly number: string;
  readonly at: number;
  readonly sequence: number;
  readonly openedAt: number;
  readonly state: string;
  readonly priority: string;
  readonly isAssigned: boolean;
}

/** What a target of an incident came to, by the rows alone. */
export interface LogTarget {
  readonly endedAt: number | null;
  readonly elapsedMs: number;
  readonly dueAt: number | null;
  readonly isOverdue: boolean;
}

export interface LogIncident {
  readonly response: LogTarget;
  readonly resolution: LogTarget;
}

/** Rows of the CSV, without the program's reader: the file has no quoted cells. */
export function readLog(csv: string): ReadonlyMap<string, readonly LogRow[]> {
  const [header = '', ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = header.split(',').map((name) => name.replaceAll('"', ''));
  const byNumber = new Map<string, LogRow[]>();
  for (const line of lines) {
    if (line === '') continue;
    const cells = line.split(',').map((cell) => cell.replaceAll('"', ''));
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    const row: LogRow = {
      number: cell('number'),
      at: instantOf(cell('sys_updated_at')),
      sequence: Number(cell('sys_mod_count')),
      openedAt: instantOf(cell('opened_at')),
      state: cell('incident_state'),
      priority: cell('priority').charAt(0),
      isAssigned: cell('assigned_to') !== '?',
    };
    byNumber.set(row.number, [...(byNumber.get(row.number) ?? []), row]);
  }
  return new Map(
    [...byNumber].map(([number, rows]) => [
      number,
      collapse(carryStates(rows.toSorted((left, right) => left.at - right.at || left.sequence - right.sequence))),
    ]),
  );
}

/** `-100` is no state: the one before goes on. */
function carryStates(rows: readonly LogRow[]): readonly LogRow[] {
  let state = 'New';
  return rows.map((row) => {
    if (row.state !== '-100') state = row.state;
    return { ...row, state };
  });
}

/** Of several rows of one minute the last is what the minute came to. */
function collapse(rows: readonly LogRow[]): readonly LogRow[] {
  return rows.filter((row, index) => rows[index + 1]?.at !== row.at);
}

/** `29/2/2016 14:56`, read as UTC. */
function instantOf(text: string): number {
  const [, day, month, year, hour, minute] = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(text) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}

/** Counts of open minutes before each minute of a stretch of time: every difference is read off. */
class OpenMinutes {
  readonly #from: number;
  readonly #sums: Uint32Array;

  constructor(calendar: OracleCalendar, from: number, to: number) {
    this.#from = from;
    const open = openMinutes(calendar, from, Math.ceil((to - from) / minuteMs));
    this.#sums = new Uint32Array(open.length + 1);
    open.forEach((isOpen, index) => {
      this.#sums[index + 1] = (this.#sums[index] ?? 0) + Number(isOpen);
    });
  }

  before(at: number): number {
    return this.#sums[Math.min(this.#sums.length - 1, Math.max(0, Math.round((at - this.#from) / minuteMs)))] ?? 0;
  }

  between(from: number, to: number): number {
    return to <= from ? 0 : this.before(to) - this.before(from);
  }

  /** The first minute's end at which so many open minutes have passed since an instant. */
  after(from: number, minutes: number): number {
    const wanted = this.before(from) + minutes;
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return this.#from + low * minuteMs;
  }
}

export interface LogAgreement {
  readonly calendar: OracleCalendar;
  /** Minutes by priority. */
  readonly response: Readonly<Record<string, number>>;
  readonly resolution: Readonly<Record<string, number>>;
}

const held = (state: string): boolean => state.startsWith('Awaiting');
const done = (state: string): boolean => state === 'Resolved' || state === 'Closed';

/** Every incident of a log by the plainest reading of its rows: states from row to row, minutes counted one by one. */
export function judgeLog(
  log: ReadonlyMap<string, readonly LogRow[]>,
  agreement: LogAgreement,
  now: number,
): ReadonlyMap<string, LogIncident> {
  const all = [...log.values()].flat();
  const first = Math.min(...all.map(({ openedAt }) => openedAt));
  // Two months beyond for what is due later than all that happened.
  const open = new OpenMinutes(agreement.calendar, first, now + 60 * 1_440 * minuteMs);
  return new Map(
    [...log].map(([number, rows]) => {
      const openedAt = Math.min(rows[0]?.openedAt ?? 0, rows[0]?.at ?? 0);
      return [
        number,
        {
          response: judgeResponse(rows, openedAt, agreement, open, now),
          resolution: judgeResolution(rows, openedAt, agreement, open, now),
        },
      ];
    }),
  );
}

function judgeResponse(
  rows: readonly LogRow[],
  openedAt: number,
  agreement: LogAgreement,
  open: OpenMinutes,
  now: number,
): LogTarget {
  const given = rows.find(({ state, isAssigned }) => (state !== 'New' && isAssigned) || done(state));
  const decisive = given ?? rows.at(-1);
  const budget = agreement.response[decisive?.priority ?? ''] ?? 0;
  const end = given?.at ?? now;
  const due = open.after(openedAt, budget);
  return {
    endedAt: given?.at ?? null,
    elapsedMs: open.between(openedAt, end) * minuteMs,
    dueAt: due,
    isOverdue: end > due,
  };
}

function judgeResolution(
  rows: readonly LogRow[],
  openedAt: number,
  agreement: LogAgreement,
  open: OpenMinutes,
  now: number,
): LogTarget {
  const lastOpen = rows.findLastIndex(({ state }) => !done(state));
  const end = rows[lastOpen + 1]?.at ?? null;
  const decisive = end === null ? rows.at(-1) : rows[lastOpen + 1];
  const budget = agreement.resolution[decisive?.priority ?? ''] ?? 0;
  const stop = end ?? now;
  let elapsed = 0;
  let dueAt: number | null = null;
  const states = [{ at: openedAt, state: 'New' }, ...rows];
  states.forEach(({ at, state }, index) => {
    const next = Math.min(stop, states[index + 1]?.at ?? stop);
    if (held(state) || done(state) || next < at) return;
    const minutes = open.between(at, next);
    if (dueAt === null && elapsed + minutes >= budget) dueAt = open.after(at, budget - elapsed);
    elapsed += minutes;
  });
  const lastsHeld = end === null && held(rows.at(-1)?.state ?? '');
  if (dueAt === null && !lastsHeld) dueAt = open.after(stop, budget - elapsed);
  return { endedAt: end, elapsedMs: elapsed * minuteMs, dueAt, isOverdue: dueAt !== null && stop > dueAt };
}
