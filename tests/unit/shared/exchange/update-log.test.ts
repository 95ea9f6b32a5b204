import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseImportCommand } from '../../../../shared/exchange/import-step.ts';
import { valueText } from '../../../../shared/exchange/value-text.ts';
import { importText, MemorySpace } from '../../../helpers/exchange/memory-space.ts';

const header =
  'number,incident_state,reopen_count,sys_mod_count,caller_id,opened_by,opened_at,sys_updated_by,sys_updated_at,assignment_group,assigned_to,problem_id,impact,urgency,priority,category,closed_code,resolved_by,resolved_at,closed_at';
interface LogRow {
  readonly number?: string;
  readonly state?: string;
  readonly mods?: number;
  readonly by?: string;
  readonly at: string;
  readonly group?: string;
  readonly to?: string;
  readonly problem?: string;
  readonly reopens?: number;
  readonly priority?: string;
}
const line = ({
  number = 'INC1',
  state = 'New',
  mods = 0,
  by = 'Ann',
  at,
  group = '?',
  to = '?',
  problem = '?',
  reopens = 0,
  priority = '3 - Moderate',
}: LogRow): string =>
  [
    number,
    state,
    reopens,
    mods,
    'Carl',
    'Opened by  8',
    '1/3/2016 08:00',
    by,
    at,
    group,
    to,
    problem,
    '2 - Medium',
    '2 - Medium',
    priority,
    'Mail',
    'code 6',
    'Rita',
    '1/3/2016 12:30',
    '6/3/2016 12:00',
  ].join(',');
const log = (...rows: readonly LogRow[]): string => [header, ...rows.map(line)].join('\n');
const utc = (text: string): number => Date.parse(`${text}Z`);

const life: readonly LogRow[] = [
  { at: '1/3/2016 08:05' },
  { at: '1/3/2016 09:00', mods: 1, state: 'Active', group: 'Group 1', by: 'Bob' },
  { at: '1/3/2016 09:00', mods: 2, state: 'Active', group: 'Group 1', to: 'Rita', by: 'Bob' },
  { at: '1/3/2016 10:00', mods: 3, state: 'Active', group: 'Group 1', to: 'Rita', by: 'Rita' },
  { at: '1/3/2016 10:30', mods: 4, state: 'Awaiting User Info', group: 'Group 1', to: 'Rita', by: 'Rita' },
  { at: '1/3/2016 12:00', mods: 5, state: 'Resolved', group: 'Group 1', to: 'Rita', by: 'Rita' },
  { at: '1/3/2016 12:30', mods: 6, state: 'Resolved', group: 'Group 1', to: 'Rita', by: 'Rita' },
  { at: '6/3/2016 12:00', mods: 7, state: 'Closed', group: 'Group 1', to: 'Rita', by: 'Robot' },
];

let space: MemorySpace;
beforeEach(() => {
  space = new MemorySpace();
});

const ticketOf = (number = 'INC1'): ReturnType<MemorySpace['all']>[number] => {
  const found = space.all('ticket').find((record) => record.values['number'] === number);
  if (!found) throw new Error(`no ${number}`);
  return found;
};
const historyOf = (
  number = 'INC1',
): { verb: string | undefined; at: number; user: string | undefined; fields: object | undefined }[] => {
  const { steps, id } = ticketOf(number);
  return steps.map((step) => ({
    verb: parseImportCommand(step.command)?.verb,
    at: step.at,
    user: space.title(step.user),
    fields: step.changes.find((change) => change.id === id)?.fields,
  }));
};

describe('replay of an update log', () => {
  it('makes each row one step of the person and time it names', async () => {
    const { report } = await importText(space, log(...life));
    expect(historyOf().map(({ verb, at, user }) => [verb, new Date(at).toISOString().slice(0, 16), user])).toEqual([
      ['create', '2016-03-01T08:05', 'Ann'],
      ['start', '2016-03-01T09:00', 'Bob'],
      ['assign', '2016-03-01T09:00', 'Bob'],
      ['update', '2016-03-01T10:00', 'Rita'],
      ['hold', '2016-03-01T10:30', 'Rita'],
      ['resolve', '2016-03-01T12:00', 'Rita'],
      ['update', '2016-03-01T12:30', 'Rita'],
      ['close', '2016-03-06T12:00', 'Robot'],
    ]);
    expect(report).toMatchObject({
      rowsRead: 8,
      rowsRefused: 0,
      states: { closed: 1 },
      records: { ticket: { created: 1 }, person: { created: 6 }, queue: { created: 1 } },
    });
  });

  it('changes with each step only what the row changed', async () => {
    await importText(space, log(...life));
    const [created, started, assigned, untouched, held, resolved] = historyOf().map(({ fields }) => fields);
    expect(created).toMatchObject({
      number: 'INC1',
      state: 'new',
      type: 'incident',
      title: 'Mail',
      openedAt: utc('2016-03-01T08:00'),
      priority: '3',
      reference: 'INC-T-1',
    });
    expect(created).not.toHaveProperty('resolvedAt');
    expect(created).not.toHaveProperty('resolutionCode');
    expect(Object.keys(started ?? {})).toEqual(['state', 'queue']);
    expect(Object.keys(assigned ?? {})).toEqual(['assignee']);
    expect(untouched).toEqual({ state: 'in-progress' });
    expect(held).toEqual({ state: 'on-hold', onHoldReason: 'awaiting-caller' });
    expect(resolved).toMatchObject({
      state: 'resolved',
      onHoldReason: null,
      resolutionCode: 'other',
      resolutionNotes: 'code 6',
    });
  });

  it('applies what the file knows in hindsight only when its time has come', async () => {
    await importText(space, log(...life));
    const [, , , , , resolved, later, closed] = historyOf().map(({ fields }) => fields);
    expect(resolved).toMatchObject({ resolvedAt: utc('2016-03-01T12:00') });
    expect(later).toEqual({ resolvedAt: utc('2016-03-01T12:30') });
    expect(closed).toMatchObject({ state: 'closed', closedAt: utc('2016-03-06T12:00') });
    expect(ticketOf().values['resolvedAt']).toBe(utc('2016-03-01T12:30'));
    expect(space.title(ticketOf().values['resolvedBy'])).toBe('Rita');
  });

  it('keeps the final resolution for the last time a reopened ticket is resolved', async () => {
    await importText(
      space,
      log(
        { at: '1/3/2016 08:05' },
        { at: '1/3/2016 09:00', state: 'Resolved', by: 'Bob', mods: 1 },
        { at: '1/3/2016 10:00', state: 'Active', by: 'Carl', mods: 2, reopens: 1 },
        { at: '1/3/2016 12:30', state: 'Resolved', by: 'Rita', mods: 3, reopens: 1 },
      ),
    );
    const [, first, reopened, second] = historyOf();
    expect(first?.fields).toEqual({
      state: 'resolved',
      resolvedAt: utc('2016-03-01T09:00'),
      resolvedBy: first && space.steps.find((step) => step.at === first.at)?.user,
    });
    expect(reopened).toMatchObject({
      verb: 'reopen',
      fields: {
        state: 'in-progress',
        resolvedAt: null,
        resolvedBy: null,
        reopenCount: 1,
        lastReopenedAt: utc('2016-03-01T10:00'),
      },
    });
    expect(second).toMatchObject({
      verb: 'resolve',
      fields: { resolutionCode: 'other', resolvedAt: utc('2016-03-01T12:30') },
    });
  });

  it('refuses a state it does not know, row by row, and keeps the one before', async () => {
    const { report } = await importText(
      space,
      log(
        { at: '1/3/2016 08:05' },
        { at: '1/3/2016 09:00', state: '-100', mods: 1, group: 'Group 1' },
        { at: '1/3/2016 09:01', state: '-100', mods: 2, group: 'Group 1' },
      ),
    );
    expect(
      report.findings
        .filter(({ reason }) => reason === 'not-a-choice')
        .map(({ row, line: at, column, value }) => [row, at, column, value]),
    ).toEqual([
      [2, 3, 'incident_state', '-100'],
      [3, 4, 'incident_state', '-100'],
    ]);
    expect(report.rowsWithRefusedCells).toBe(2);
    expect(ticketOf().values['state']).toBe('new');
    expect(historyOf().length).toBe(3);
  });

  it('puts updates into the order in which they were made, and says so', async () => {
    const { report } = await importText(space, log(...life.toReversed()));
    expect(historyOf().map(({ verb }) => verb)).toEqual([
      'create',
      'start',
      'assign',
      'update',
      'hold',
      'resolve',
      'update',
      'close',
    ]);
    expect(report.counts.find(({ reason }) => reason === 'out-of-order')?.count).toBe(8);
  });

  it('makes one person of one name, whatever the role, and agents of assignees', async () => {
    await importText(space, log(...life));
    expect(
      space
        .all('person')
        .map((person) => valueText(person.values['name']))
        .toSorted((left, right) => left.localeCompare(right)),
    ).toEqual(['Ann', 'Bob', 'Carl', 'Opened by 8', 'Rita', 'Robot']);
    expect(
      space
        .all('person')
        .filter((person) => person.values['agent'] === true)
        .map((person) => person.values['name']),
    ).toEqual(['Rita']);
  });

  it('keeps columns without a field as tags that follow the rows', async () => {
    await importText(
      space,
      log({ at: '1/3/2016 08:05', problem: 'PRB1' }, { at: '1/3/2016 09:00', mods: 1, problem: 'PRB2' }),
    );
    expect(historyOf().at(1)?.fields).toEqual({ 'tags/problem: PRB1': false, 'tags/problem: PRB2': true });
  });

  it('stores a priority that the matrix would not give, and says so', async () => {
    const { report } = await importText(space, log({ at: '1/3/2016 08:05', priority: '4 - Low' }));
    expect(ticketOf().values['priority']).toBe('4');
    expect(report.counts).toContainEqual({
      kind: 'noted',
      column: '',
      reason: 'priority-differs-from-matrix',
      count: 1,
    });
  });

  it('refuses a row without key, uses the opening time for a row without time, and goes on', async () => {
    const rows = [
      line({ at: '1/3/2016 08:05' }),
      line({ at: 'yesterday', number: 'INC2' }),
      line({ at: '1/3/2016 08:05', number: '?' }),
      line({ at: '1/3/2016 09:05', number: 'INC3' }),
    ];
    const { report } = await importText(space, [header, ...rows].join('\n'));
    expect(report.rowsRefused).toBe(1);
    expect(report.findings.filter(({ kind }) => kind === 'refused').map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'no-key'],
      [2, 'not-a-date'],
    ]);
    expect(historyOf('INC2').map(({ at }) => at)).toEqual([utc('2016-03-01T08:00')]);
    expect(space.all('ticket').length).toBe(3);
  });
});

describe('rows that say too little', () => {
  it('gives a row without person to the importer and one without time to the opening', async () => {
    await importText(space, log({ at: '?', by: '?' }, { at: '1/3/2016 09:00', by: '?', mods: 1 }));
    expect(historyOf().map(({ verb, at, user }) => [verb, at, user])).toEqual([
      ['create', utc('2016-03-01T08:00'), undefined],
      ['update', utc('2016-03-01T09:00'), undefined],
    ]);
    expect(ticketOf().steps.map((step) => step.user)).toEqual(['importer', 'importer']);
  });

  it('refuses a row that has no time at all', async () => {
    const { report } = await importText(space, log({ at: '?' }).replace('1/3/2016 08:00', '?'));
    expect(report).toMatchObject({ rowsRefused: 1, steps: 0 });
    expect(space.all('ticket')).toEqual([]);
  });

  it('makes one step of a row that stands twice in the file, near or far', async () => {
    const twice = life.flatMap((row) => [row, row]);
    await importText(space, log(...twice, { ...life[0], at: '1/3/2016 08:05', number: 'INC2' }, ...life), { batch: 5 });
    expect(historyOf().map(({ verb }) => verb)).toEqual([
      'create',
      'start',
      'assign',
      'update',
      'hold',
      'resolve',
      'update',
      'close',
    ]);
  });
});

describe('importing a log again', () => {
  it('changes nothing when the file is the same', async () => {
    await importText(space, log(...life));
    const { length } = space.steps;
    const { report } = await importText(space, log(...life), { importId: 'two' });
    expect(space.steps.length).toBe(length);
    expect(report).toMatchObject({ steps: 0, records: { ticket: { created: 0, updated: 0, unchanged: 1 } } });
  });

  it('adds the rows that are new', async () => {
    await importText(space, log(...life.slice(0, 4)));
    const { report } = await importText(space, log(...life), { importId: 'two' });
    expect(historyOf().map(({ verb }) => verb)).toEqual([
      'create',
      'start',
      'assign',
      'update',
      'hold',
      'resolve',
      'update',
      'close',
    ]);
    expect(report.records.ticket).toEqual({ created: 0, updated: 1, unchanged: 0 });
  });

  it('puts right what a corrected row says', async () => {
    await importText(space, log(...life));
    await importText(
      space,
      log(...life.map((row) => ({ ...row, ...(row.group === undefined ? {} : { group: 'Group 2' }) }))),
      { importId: 'two' },
    );
    expect(historyOf().at(-1)?.verb).toBe('correct');
    expect(Object.keys(historyOf().at(-1)?.fields ?? {})).toEqual(['queue']);
    expect(space.title(ticketOf().values['queue'])).toBe('Group 2');
  });

  it('leaves alone what somebody changed here since, when the file says nothing new', async () => {
    await importText(space, log(...life));
    ticketOf().values['title'] = 'My own words';
    await importText(space, log(...life), { importId: 'two' });
    expect(ticketOf().values['title']).toBe('My own words');
  });

  it('does not let old rows that come late undo newer ones', async () => {
    await importText(space, log(...life.slice(4)));
    const before = { ...ticketOf().values };
    await importText(space, log(...life.slice(0, 4)), { importId: 'two' });
    const after = ticketOf().values;
    for (const field of [
      'state',
      'queue',
      'assignee',
      'onHoldReason',
      'resolvedAt',
      'resolvedBy',
      'closedAt',
      'resolutionCode',
    ])
      expect([field, after[field] ?? null]).toEqual([field, before[field] ?? null]);
    expect(historyOf().length).toBeGreaterThanOrEqual(8);
  });

  it('ends in the same values however the rows of several tickets are mixed and batched', async () => {
    const others = life.map((row) => ({ ...row, number: 'INC2', by: `${row.by ?? 'Ann'}2` }));
    const whole = new MemorySpace();
    await importText(whole, log(...life, ...others));
    const shown = (of: MemorySpace): unknown =>
      of
        .all('ticket')
        .map(({ values }) => ({
          ...values,
          reference: '',
          caller: of.title(values['caller']),
          openedBy: of.title(values['openedBy']),
          queue: of.title(values['queue']),
          assignee: of.title(values['assignee']),
          resolvedBy: of.title(values['resolvedBy']),
        }))
        .toSorted((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)));
    const mixes = fc.array(fc.boolean(), { minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(mixes, fc.integer({ min: 1, max: 9 }), async (mix, chunk) => {
        const [left, right] = [[...life], [...others]];
        const rows = mix.flatMap((first) => (first ? left.shift() : right.shift()) ?? []);
        space = new MemorySpace();
        await importText(space, log(...rows, ...left, ...right), { chunk, batch: chunk });
        const nulls = (value: unknown): unknown =>
          JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner === null ? undefined : inner)));
        expect(nulls(shown(space))).toEqual(nulls(shown(whole)));
        expect(space.all('ticket').map(({ steps }) => steps.length)).toEqual([8, 8]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('dry run', () => {
  it('counts what the import will do, and does nothing', async () => {
    const text = log(...life, ...life.map((row) => ({ ...row, number: 'INC2' })), {
      at: '7/3/2016 12:00',
      mods: 8,
      state: 'Closed',
    });
    const dry = await importText(space, text, { dryRun: true });
    expect(space.records.size).toBe(0);
    const real = await importText(space, text);
    expect({ ...dry.report, dryRun: false }).toEqual(real.report);
  });
});
