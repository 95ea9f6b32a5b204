import type { Samples } from './samples.ts';

/**
 * Ratios wanted at 100,000 tickets. A smaller run is held against the same numbers: every contender gets faster with
 * fewer rows, this program least.
 */
export interface Target {
  readonly about: string;
  readonly wanted: { readonly is: 'at least' | 'at most'; readonly value: number };
  readonly measure: (samples: Samples) => number | null;
}

const atLeast = (value: number): Target['wanted'] => ({ is: 'at least', value });
const atMost = (value: number): Target['wanted'] => ({ is: 'at most', value });
const ratio =
  (name: string, to: string): Target['measure'] =>
  (samples) =>
    samples.ratio(name, to);

export const targets: readonly Target[] = [
  {
    about: 'Bulk load, records/s over raw IndexedDB',
    wanted: atLeast(10),
    measure: ratio('holdfast/recordsPerSecond', 'raw/recordsPerSecond'),
  },
  {
    about: 'Bulk load, one operation a ticket, over raw IndexedDB',
    wanted: atLeast(10),
    measure: ratio('holdfast-per-ticket/recordsPerSecond', 'raw/recordsPerSecond'),
  },
  {
    about: 'Bulk load, layout alone, over raw IndexedDB',
    wanted: atLeast(10),
    measure: ratio('holdfast-layout/recordsPerSecond', 'raw/recordsPerSecond'),
  },
  {
    about: 'Like for like: bulk load over raw that writes operations and journal too',
    wanted: atLeast(1),
    measure: ratio('holdfast/recordsPerSecond', 'raw-operations/recordsPerSecond'),
  },
  {
    about: 'Bulk load over Dexie',
    wanted: atLeast(10),
    measure: ratio('holdfast/recordsPerSecond', 'dexie/recordsPerSecond'),
  },
  {
    about: 'Bulk load over SQLite',
    wanted: atLeast(4),
    measure: ratio('holdfast/recordsPerSecond', 'sqlite/recordsPerSecond'),
  },
  {
    about: 'Bulk load over RxDB',
    wanted: atLeast(15),
    measure: ratio('holdfast/recordsPerSecond', 'rxdb/recordsPerSecond'),
  },
  {
    about: 'Bytes written per record in bulk, to raw',
    wanted: atMost(0.3),
    measure: ratio('holdfast/writtenBytesPerRecord', 'raw/writtenBytesPerRecord'),
  },
  {
    about: 'Bytes on the disk per record, to raw',
    wanted: atMost(0.7),
    measure: ratio('holdfast/diskBytesPerRecord', 'raw/diskBytesPerRecord'),
  },
  {
    about: 'Save, strict and journal, p50 to raw strict',
    wanted: atMost(0.6),
    measure: ratio('holdfast/save/p50', 'raw-strict/save/p50'),
  },
  {
    about: 'Save, strict and journal, p99 to raw strict',
    wanted: atMost(0.6),
    measure: ratio('holdfast/save/p99', 'raw-strict/save/p99'),
  },
  {
    about: 'Like for like: save p50 to raw strict that writes operation and journal too',
    wanted: atMost(1),
    measure: ratio('holdfast/save/p50', 'raw-operations/save/p50'),
  },
  { about: 'Save p50 to RxDB', wanted: atMost(0.25), measure: ratio('holdfast/save/p50', 'rxdb/save/p50') },
  {
    about: 'Page with filter and sort, p99 in ms',
    wanted: atMost(3),
    measure: (samples) => samples.of('holdfast/page/p99'),
  },
  {
    about: 'Page with filter and sort, p50 to a raw cursor',
    wanted: atMost(0.15),
    measure: ratio('holdfast/page/p50', 'raw/page/p50'),
  },
  {
    about: 'Group-by, how many times faster than raw counts',
    wanted: atLeast(400),
    measure: ratio('raw/group/p50', 'holdfast/group/p50'),
  },
  {
    about: 'Group-by, how many times faster than SQLite',
    wanted: atLeast(5),
    measure: ratio('sqlite/group/p50', 'holdfast/group/p50'),
  },
  {
    about: 'Cold open and first page, to raw',
    wanted: atMost(1.2),
    measure: ratio('holdfast/coldOpenMs', 'raw/coldOpenMs'),
  },
  {
    about: 'Cold open and first page, to SQLite',
    wanted: atMost(0.4),
    measure: ratio('holdfast/coldOpenMs', 'sqlite/coldOpenMs'),
  },
  {
    about: 'Ticket with comments and history, p50 to raw',
    wanted: atMost(1.5),
    measure: ratio('holdfast/record/p50', 'raw/record/p50'),
  },
  {
    about: 'Live query, how many times faster than Dexie (20 views)',
    wanted: atLeast(8),
    measure: ratio('dexie/live 20 all/p50', 'holdfast/live 20 all/p50'),
  },
  {
    about: 'Live query, how many times faster than RxDB (20 views)',
    wanted: atLeast(8),
    measure: ratio('rxdb/live 20 all/p50', 'holdfast/live 20 all/p50'),
  },
  {
    about: 'Live query with 100 views, p99 in ms',
    wanted: atMost(1),
    measure: (samples) => samples.of('holdfast/live 100/p99'),
  },
  {
    about: 'Start to first rows, to a blank page',
    wanted: atMost(1.1),
    measure: ratio('start/appMs', 'start/blankMs'),
  },
  {
    about: 'Memory of page and worker above an empty window, MB',
    wanted: atMost(150),
    measure: (samples) => {
      const app = samples.of('start/appRendererMb');
      const blank = samples.of('start/blankRendererMb');
      return app === null || blank === null ? null : app - blank;
    },
  },
];

export function isMet({ wanted }: Target, value: number): boolean {
  return wanted.is === 'at least' ? value >= wanted.value : value <= wanted.value;
}
