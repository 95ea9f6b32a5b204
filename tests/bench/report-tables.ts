import type { Samples } from './samples.ts';
import { isMet, targets } from './targets.ts';

/** The tables of the report as Markdown, which is what the terminal shows too. */

const names: readonly (readonly [key: string, title: string])[] = [
  ['holdfast', 'Holdfast, one operation a record'],
  ['holdfast-per-ticket', 'Holdfast, one operation a ticket'],
  ['holdfast-layout', 'Holdfast, layout alone'],
  ['raw', 'raw IndexedDB'],
  ['raw-strict', 'raw IndexedDB, strict'],
  ['raw-operations', 'raw, strict, operations and journal'],
  ['dexie', 'Dexie'],
  ['sqlite', 'SQLite-WASM'],
  ['rxdb', 'RxDB (Dexie storage)'],
  ['pouchdb', 'PouchDB (idb)'],
];

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function formatNumber(value: number | null): string {
  if (value === null) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const times = (value: number | null): string => (value === null ? '–' : `${formatNumber(value)}x`);

/** A row for each contender of which the first column was measured. */
function contenderTable(
  header: readonly string[],
  cellsOf: (key: string) => readonly (number | null)[],
  format: readonly ((value: number | null) => string)[],
): string {
  const rows = names
    .map(([key, title]) => ({ title, cells: cellsOf(key) }))
    .filter(({ cells }) => cells[0] !== null && cells[0] !== undefined);
  return table(
    ['', ...header],
    rows.map(({ title, cells }) => [title, ...cells.map((cell, index) => (format[index] ?? formatNumber)(cell))]),
  );
}

export function loadTable(samples: Samples): string {
  return contenderTable(
    ['records/s', 'to raw', 'CPU µs/record', 'bytes written/record', 'bytes on disk/record'],
    (key) => [
      samples.of(`${key}/recordsPerSecond`),
      samples.ratio(`${key}/recordsPerSecond`, 'raw/recordsPerSecond'),
      samples.of(`${key}/cpuMicrosecondsPerRecord`),
      samples.of(`${key}/writtenBytesPerRecord`),
      samples.of(`${key}/diskBytesPerRecord`),
    ],
    [formatNumber, times],
  );
}

export function saveTable(samples: Samples): string {
  return contenderTable(
    ['p50 ms', 'p99 ms', 'p50 to raw strict', 'p99 to raw strict'],
    (key) => [
      samples.of(`${key}/save/p50`),
      samples.of(`${key}/save/p99`),
      samples.ratio(`${key}/save/p50`, 'raw-strict/save/p50'),
      samples.ratio(`${key}/save/p99`, 'raw-strict/save/p99'),
    ],
    [formatNumber, formatNumber, times, times],
  );
}

export function readTable(samples: Samples): string {
  const reads = ['page', 'count', 'group', 'record'];
  return contenderTable(
    ['cold open + page', ...reads.flatMap((read) => [`${read} p50`, 'to raw'])],
    (key) => [
      samples.of(`${key}/coldOpenMs`),
      ...reads.flatMap((read) => [
        samples.of(`${key}/${read}/p50`),
        samples.ratio(`${key}/${read}/p50`, `raw/${read}/p50`),
      ]),
    ],
    [formatNumber, ...reads.flatMap(() => [formatNumber, times])],
  );
}

export function liveTable(samples: Samples): string {
  const counts = [1, 20, 100];
  return contenderTable(
    counts.flatMap((count) => [`${count} views, first`, `${count} views, all`]),
    (key) =>
      counts.flatMap((count) => [samples.of(`${key}/live ${count}/p50`), samples.of(`${key}/live ${count} all/p50`)]),
    [],
  );
}

export function programTable(samples: Samples): string {
  const row = (title: string, name: string): readonly string[] => [title, formatNumber(samples.of(name))];
  return table(
    ['', ''],
    [
      row('Start to first rows, ms', 'start/appMs'),
      row('Of it until the page stands, ms', 'start/appDomReadyMs'),
      row('Blank page in the same window, ms', 'start/blankMs'),
      ['Ratio', times(samples.ratio('start/appMs', 'start/blankMs'))],
      row('Memory of the renderers, MB', 'start/appRendererMb'),
      row('The same of an empty window, MB', 'start/blankRendererMb'),
      row('Import of the real log, rows/s', 'import/rowsPerSecond'),
      row('Page in the worker, p50 ms', 'holdfast/page in the worker/p50'),
      row('Count in the worker, p50 ms', 'holdfast/count in the worker/p50'),
      row('Group in the worker, p50 ms', 'holdfast/group in the worker/p50'),
    ],
  );
}

/** What a save of this program waits for, measured in the data worker. */
export function savePartsTable(samples: Samples): string {
  const prefix = 'save part/';
  const rows = Object.entries(samples.medians()).filter(([name]) => name.startsWith(prefix));
  return table(
    ['', 'p50 ms'],
    rows.map(([name, value]) => [name.slice(prefix.length), formatNumber(value)]),
  );
}

export function targetTable(samples: Samples): string {
  const rows = targets.map((target) => {
    const value = target.measure(samples);
    const verdict = value === null ? 'not measured' : isMet(target, value) ? 'met' : '**missed**';
    return [target.about, `${target.wanted.is} ${target.wanted.value}`, formatNumber(value), verdict];
  });
  return table(['', 'target', 'measured', ''], rows);
}
