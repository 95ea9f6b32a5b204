import { parseArgs } from 'node:util';

export const parts = ['desks', 'seen', 'first', 'peers', 'growth'] as const;
export type Part = (typeof parts)[number];

export interface EndpointBenchOptions {
  readonly only: ReadonlySet<Part>;
  readonly desks: readonly number[];
  readonly tickets: readonly number[];
  readonly peerTickets: number;
  readonly history: readonly number[];
  readonly postgresHistory: readonly number[];
  readonly write: boolean;
}

export const usage = `usage: npm run bench:endpoint [-- OPTIONS]

Measures desks and an endpoint on SQLite and PostgreSQL, and what others do with the same records; writes what it
measured into docs/benchmarks-endpoint.md and leaves the other sections there as they are.
  --only A,B             only these of: ${parts.join(', ')}
  --desks A,B            simulated desks at once (1,20,200)
  --tickets A,B          tickets of a first synchronisation, three comments each (10000,100000)
  --peer-tickets N       tickets that PouchDB and RxDB replicate, three comments each (2000)
  --history A,B          operations of history on SQLite (10000,100000,1000000)
  --postgres-history A,B the same on PostgreSQL (10000,100000)
  --no-write             print only
  --help                 this text`;

/** Throws an error that says what was expected. */
export function readOptions(args: readonly string[]): EndpointBenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: parts.join(',') },
      desks: { type: 'string', default: '1,20,200' },
      tickets: { type: 'string', default: '10000,100000' },
      'peer-tickets': { type: 'string', default: '2000' },
      history: { type: 'string', default: '10000,100000,1000000' },
      'postgres-history': { type: 'string', default: '10000,100000' },
      'no-write': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    only: readParts(values.only),
    desks: readCounts('desks', values.desks, 1, 500),
    tickets: readCounts('tickets', values.tickets, 50, 1_000_000),
    peerTickets: readCount('peer-tickets', values['peer-tickets'], 500, 200_000),
    history: readCounts('history', values.history, 8_000, 10_000_000),
    postgresHistory: readCounts('postgres-history', values['postgres-history'], 8_000, 10_000_000),
    write: !values['no-write'],
  };
}

function readParts(text: string): ReadonlySet<Part> {
  const named = text.split(',').map((name) => parts.find((part) => part === name) ?? name);
  const wrong = named.find((name) => !parts.some((part) => part === name));
  if (wrong !== undefined) throw new Error(`--only ${wrong}: expected one of ${parts.join(', ')}`);
  return new Set(named as readonly Part[]);
}

/** Numbers that rise; an empty text means none. */
function readCounts(name: string, text: string, least: number, most: number): readonly number[] {
  if (text === '') return [];
  return text
    .split(',')
    .map((each) => readCount(name, each, least, most))
    .toSorted((left, right) => left - right);
}

function readCount(name: string, text: string, least: number, most: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < least || count > most)
    throw new Error(`--${name} ${text}: expected a whole number from ${least} to ${most}`);
  return count;
}
