import fs from 'node:fs';
import { gunzipSync } from 'node:zlib';
import papaparse from 'papaparse';
import { z } from 'zod';
import type { FieldValue } from '../../../../shared/sync/operation.ts';

/** One row of an update log as ServiceNow exports it: what an incident was after one update by one person. */
export interface LogRow {
  readonly number: string;
  readonly updatedBy: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

const rowSchema = z.object({
  number: z.string(),
  incident_state: z.string(),
  caller_id: z.string(),
  sys_updated_by: z.string(),
  sys_updated_at: z.string(),
  category: z.string(),
  subcategory: z.string(),
  u_symptom: z.string(),
  impact: z.string(),
  urgency: z.string(),
  assignment_group: z.string(),
  assigned_to: z.string(),
});

/** Reads a CSV file (gzip by its name), the rows of all incidents in the order of their updates. */
export function readLog(file: string, limit = Infinity): readonly LogRow[] {
  const bytes = fs.readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const { data } = papaparse.parse<unknown>(text, { header: true, skipEmptyLines: true });
  return data
    .map((raw) => rowSchema.parse(raw))
    .map((row, index) => ({ row, index, at: instantOf(row.sys_updated_at) }))
    .toSorted((a, b) => a.at - b.at || a.index - b.index)
    .slice(0, limit)
    .map(({ row }) => ({ number: row.number, updatedBy: row.sys_updated_by, fields: fieldsOf(row) }));
}

const states: Readonly<Record<string, Readonly<Record<string, FieldValue>>>> = {
  New: { state: 'new' },
  Active: { state: 'in-progress' },
  'Awaiting User Info': { state: 'on-hold', onHoldReason: 'awaiting-caller' },
  'Awaiting Vendor': { state: 'on-hold', onHoldReason: 'awaiting-vendor' },
  'Awaiting Problem': { state: 'on-hold', onHoldReason: 'awaiting-problem' },
  'Awaiting Evidence': { state: 'on-hold', onHoldReason: 'awaiting-caller' },
  Resolved: { state: 'resolved', resolutionCode: 'other' },
  Closed: { state: 'closed', resolutionCode: 'other' },
};

function fieldsOf(row: z.infer<typeof rowSchema>): Readonly<Record<string, FieldValue>> {
  const known = (text: string): string | null => (text === '?' ? null : text);
  const id = (text: string): string | null => known(text)?.trim().toLowerCase().replaceAll(/\W+/g, '-') ?? null;
  return {
    ...(states[row.incident_state] ?? { state: 'in-progress' }),
    category: known(row.category),
    subcategory: known(row.subcategory),
    symptom: known(row.u_symptom),
    impact: row.impact.charAt(0),
    urgency: row.urgency.charAt(0),
    queue: id(row.assignment_group),
    assignee: id(row.assigned_to),
    caller: id(row.caller_id),
  };
}

/** `29/2/2016 01:23`, without a zone: only the order counts. */
function instantOf(text: string): number {
  const [, day, month, year, hour, minute] = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(text) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}
