import { describe, expect, it } from 'vitest';
import { cellReaders } from '../../../../shared/exchange/cell-reader.ts';
import { checkMapping, type Mapping } from '../../../../shared/exchange/mapping.ts';
import { suggestMapping } from '../../../../shared/exchange/suggest-mapping.ts';
import type { Verdict } from '../../../../shared/exchange/value-verdict.ts';
import { ticket } from '../../../../shared/domain/ticket/ticket.ts';

const context = { zone: 'Europe/Berlin' };
const logHeader = [
  'number',
  'incident_state',
  'sys_mod_count',
  'caller_id',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'assignment_group',
  'closed_code',
];

function verdict(field: string, cell: string, change: Partial<Mapping> = {}): Verdict {
  const mapping = {
    ...suggestMapping([field], [], { ...context, preset: 'generic' }),
    columns: [{ column: field, target: { to: 'field', field } as const }],
    ...change,
  };
  const [reader] = cellReaders(mapping, ticket, [field]);
  if (!reader) throw new Error(field);
  return reader.read(cell);
}

describe('suggested mapping', () => {
  it('recognises the update log of ServiceNow', () => {
    const mapping = suggestMapping(
      logHeader,
      [['INC1', 'New', '0', 'Caller 1', '29/2/2016 01:16', 'X', '29/2/2016 01:23', '?', '?']],
      context,
    );
    expect(mapping).toMatchObject({
      preset: 'servicenow-update-log',
      replay: true,
      keyColumn: 'number',
      dateFormat: 'd/m/yyyy',
      zone: 'Europe/Berlin',
    });
    expect(mapping.columns[6]).toEqual({ column: 'sys_updated_at', target: { to: 'update', role: 'at' } });
    expect(checkMapping(mapping, logHeader)).toEqual([]);
  });

  it('recognises an incident export by labels, and our own export by kind and id', () => {
    expect(
      suggestMapping(['Number', 'Short description', 'Caller', 'Assignment group', 'State'], [], context),
    ).toMatchObject({ preset: 'servicenow-incident', replay: false, keyColumn: 'Number' });
    expect(suggestMapping(['kind', 'id', 'name', 'email'], [['person', 'p1', 'Jane', '']], context)).toMatchObject({
      preset: 'holdfast',
      entity: 'person',
      exact: true,
      keyColumn: 'id',
    });
  });

  it('maps other programs by their words, and people by the names of the fields', () => {
    const tickets = suggestMapping(['Ticket ID', 'Subject', 'Status', 'Requester', 'Colour'], [], context);
    expect(tickets.columns.map(({ target }) => (target.to === 'field' ? target.field : target.to))).toEqual([
      'number',
      'title',
      'state',
      'caller',
      'ignore',
    ]);
    const people = suggestMapping(['Name', 'E-Mail', 'Job title'], [], { ...context, entity: 'person' });
    expect(people.columns.map(({ target }) => (target.to === 'field' ? target.field : target.to))).toEqual([
      'name',
      'email',
      'jobTitle',
    ]);
  });

  it('gives a field to one column only', () => {
    const { columns } = suggestMapping(['Subject', 'Title'], [], context);
    expect(columns.map(({ target }) => target.to)).toEqual(['field', 'ignore']);
  });

  it('is checked before it runs', () => {
    const mapping = suggestMapping(logHeader, [], context);
    expect(checkMapping(mapping, ['number'])).toContainEqual({ problem: 'no-such-column', where: 'sys_updated_at' });
    expect(checkMapping({ ...mapping, keyColumn: 'closed' }, logHeader)).toContainEqual({
      problem: 'key-not-mapped',
      where: 'closed',
    });
    expect(checkMapping({ ...mapping, columns: [] }, logHeader).map(({ problem }) => problem)).toContain(
      'nothing-mapped',
    );
    const twice = {
      ...mapping,
      columns: [...mapping.columns, { column: 'closed_code', target: { to: 'field', field: 'state' } as const }],
    };
    expect(checkMapping(twice, logHeader)).toContainEqual({ problem: 'two-columns-for-one-field', where: 'state' });
  });
});

describe('cells', () => {
  it.each([
    ['state', 'New', 'new', undefined],
    ['state', 'Active', 'in-progress', undefined],
    ['state', 'In Progress', 'in-progress', undefined],
    ['state', 'Work in progress', 'in-progress', undefined],
    ['state', 'Awaiting User Info', 'on-hold', 'awaiting-caller'],
    ['state', 'Awaiting Problem', 'on-hold', 'awaiting-problem'],
    ['state', 'Awaiting Vendor', 'on-hold', 'awaiting-vendor'],
    ['state', '6', 'resolved', undefined],
    ['state', 'Cancelled', 'canceled', undefined],
    ['impact', '2 - Medium', '2', undefined],
    ['urgency', 'High', '1', undefined],
    ['priority', '4 - Low', '4', undefined],
    ['channel', 'Phone', 'phone', undefined],
    ['onHoldReason', 'Awaiting Caller', 'awaiting-caller', undefined],
    ['resolutionCode', 'Solved (Permanently)', 'solved-permanently', undefined],
    ['title', 'x', 'x', undefined],
    ['reopenCount', '3', 3, undefined],
  ])('%s takes %j as %j', (field, cell, value, onHoldReason) => {
    expect(verdict(field, cell)).toEqual({
      kind: 'accepted',
      value,
      ...(onHoldReason === undefined ? {} : { also: { onHoldReason } }),
    });
  });

  it.each([
    ['state', '-100', 'not-a-choice', 'in-progress'],
    ['impact', '9 - Huge', 'not-a-choice', '1, 2, 3'],
    ['openedAt', '31/2/2016', 'not-a-date', 'iso-8601'],
    ['reopenCount', 'two', 'not-a-count', '0, 1, 2'],
    ['major', 'perhaps', 'not-a-flag', 'true'],
  ])('%s refuses %j and says what it takes', (field, cell, reason, expected) => {
    const refused = verdict(field, cell);
    expect(refused).toMatchObject({ kind: 'refused', reason });
    expect(refused.kind === 'refused' && refused.expected).toContain(expected);
  });

  it('reports what it stores otherwise', () => {
    expect(verdict('caller', 'Opened by  8')).toEqual({
      kind: 'changed',
      value: 'Opened by 8',
      reason: 'spaces-removed',
    });
    expect(verdict('state', 'Awaiting Evidence')).toMatchObject({
      kind: 'changed',
      value: 'on-hold',
      reason: 'nearest-choice',
    });
    expect(verdict('resolutionCode', 'code 6')).toEqual({
      kind: 'changed',
      value: 'other',
      reason: 'code-kept-in-notes',
      also: { resolutionNotes: 'code 6' },
    });
    expect(verdict('channel', 'pigeon')).toMatchObject({
      kind: 'changed',
      value: 'other',
      reason: 'replaced-by-other',
    });
    expect(verdict('category', 'x'.repeat(101))).toMatchObject({
      kind: 'changed',
      value: 'x'.repeat(100),
      reason: 'text-cut',
    });
    expect(verdict('title', 'x'.repeat(201))).toMatchObject({
      kind: 'changed',
      reason: 'moved-to-description',
      also: { description: 'x'.repeat(201) },
    });
  });

  it('never cuts a character in half', () => {
    const cut = verdict('category', `${'x'.repeat(99)}😀`);
    expect(cut.kind === 'changed' && cut.value).toBe('x'.repeat(99));
  });

  it('takes empty cells and the words for it as missing, but an exact file to the letter', () => {
    expect(verdict('title', ' ? ')).toEqual({ kind: 'missing' });
    expect(verdict('title', '')).toEqual({ kind: 'missing' });
    expect(verdict('title', '  ? ', { exact: true, missing: [] })).toEqual({ kind: 'accepted', value: '  ? ' });
    expect(verdict('title', "'", { exact: true, missing: [] })).toEqual({ kind: 'accepted', value: '' });
  });
});
