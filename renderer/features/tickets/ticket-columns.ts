/** A column of the table. Widths are in px; `grow` takes what is left. */
export interface TicketColumn {
  readonly field: string;
  readonly width: number;
  readonly grow?: true;
}

export const ticketColumns: readonly TicketColumn[] = [
  { field: 'priority', width: 104 },
  { field: 'reference', width: 120 },
  { field: 'title', width: 200, grow: true },
  { field: 'state', width: 124 },
  { field: 'due', width: 126 },
  { field: 'caller', width: 140 },
  { field: 'queue', width: 130 },
  { field: 'assignee', width: 140 },
  { field: 'category', width: 120 },
  { field: 'subcategory', width: 120 },
  { field: 'service', width: 140 },
  { field: 'asset', width: 140 },
  { field: 'site', width: 120 },
  { field: 'type', width: 90 },
  { field: 'channel', width: 100 },
  { field: 'openedAt', width: 96 },
  { field: 'resolvedAt', width: 96 },
  { field: '$updatedAt', width: 96 },
];

export const usualColumns: readonly string[] = [
  'priority',
  'reference',
  'title',
  'state',
  'due',
  'caller',
  'assignee',
  '$updatedAt',
];

/** Columns shown, in the table's order whatever the order they were chosen in. The title is always there. */
export function shownColumns(chosen: readonly string[] | null): readonly TicketColumn[] {
  const wanted = new Set([...(chosen ?? usualColumns), 'title']);
  return ticketColumns.filter((column) => wanted.has(column.field));
}

/** What the sort menu offers. */
export const sortFields: readonly string[] = [
  '$updatedAt',
  'due',
  'openedAt',
  'priority',
  'state',
  'title',
  'queue',
  'assignee',
  'caller',
  'category',
];
