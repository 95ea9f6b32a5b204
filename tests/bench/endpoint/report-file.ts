import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

export const reportFile = 'docs/benchmarks-endpoint.md';

/** A part of the report that is measured at once: its ratios hold within it. */
export interface Section {
  readonly heading: string;
  /** Markdown. */
  readonly body: string;
}

/** By the store it was replayed on. */
export const replayHeadings = {
  sqlite: 'A real log replayed on SQLite',
  postgres: 'A real log replayed on PostgreSQL',
} as const;

const order: readonly string[] = [
  'Desks at once',
  'Edit on one desk, seen on another',
  'First synchronisation',
  'Beside PouchDB and RxDB',
  'As the history grows',
  replayHeadings.sqlite,
  replayHeadings.postgres,
];

const title = `# Benchmarks of the endpoint

Written by \`npm run bench:endpoint\` and \`npm run replay\`, each section when it was last measured. The endpoint runs in a
process of its own on the same machine as the desks that call it, over HTTP on the loopback, every push durable (fsync)
before it is answered. Ratios count; milliseconds are of this machine.
`;

/** Puts sections in the place of those of the same heading, and leaves the others as they are. */
export async function writeSections(sections: readonly Section[]): Promise<void> {
  const file = path.resolve(reportFile);
  const held = new Map<string, string>();
  for (const part of (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '').split(/^## /m).slice(1)) {
    const end = part.indexOf('\n');
    held.set(part.slice(0, end).trim(), part.slice(end));
  }
  for (const { heading, body } of sections) held.set(heading, `\n\n${body}\n\n`);
  const found = order.flatMap((heading) => (held.has(heading) ? [`## ${heading}${held.get(heading) ?? ''}`] : []));
  const text = `${title}\n${found.join('')}`;
  fs.writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

/** One line that says when, on what, and how busy the machine was (1.0 = one processor busy). */
export function measuredOn(loadBefore: number): string {
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} x ${cpu?.model.trim() ?? '?'}, ${Math.round(os.totalmem() / 2 ** 30)} GB`;
  const load = [loadBefore, os.loadavg()[0] ?? 0].map((each) => each.toFixed(1)).join(' to ');
  return `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}, ${os.type()} ${os.release()}, Node ${process.versions.node}; load ${load}.`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Of what is counted. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Three digits of what is measured. */
export const digits = (value: number): string => (value >= 100 ? whole(value) : value.toPrecision(3));

export const megabytes = (bytes: number): string => digits(bytes / 1e6);
