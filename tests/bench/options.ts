import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly tickets: number;
  readonly rounds: number;
  readonly peers: boolean;
  /** Only these contenders and this program. */
  readonly only: readonly string[] | null;
  /** Writes docs/benchmarks.md and adds a line to the trend. */
  readonly write: boolean;
  /** Profiles the data service instead of comparing. */
  readonly profile: boolean;
}

export const usage = `usage: npm run bench [-- OPTIONS]

Measures this program beside raw IndexedDB and the libraries a desk could be built on, in one run, and writes
docs/benchmarks.md.
  --tickets N     tickets of the generated data set, three comments each (20000)
  --rounds N      interleaved rounds; medians are shown (3)
  --no-peers      only raw IndexedDB and Dexie, nothing is installed
  --only A,B      only these contenders, e.g. raw,sqlite
  --no-write      print only
  --profile       write CPU profiles of loading and using to node_modules/.cache instead
  --help          this text`;

/** Throws an error that says what was expected. */
export function readOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tickets: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '3' },
      'no-peers': { type: 'boolean', default: false },
      only: { type: 'string' },
      'no-write': { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    tickets: readCount('tickets', values.tickets, 500, 1_000_000),
    rounds: readCount('rounds', values.rounds, 1, 100),
    peers: !values['no-peers'],
    only: values.only?.split(',') ?? null,
    write: !values['no-write'],
    profile: values.profile,
  };
}

function readCount(name: string, text: string, least: number, most: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < least || count > most)
    throw new Error(`--${name} ${text}: expected a whole number from ${least} to ${most}`);
  return count;
}
