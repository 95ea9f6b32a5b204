import { beforeEach, describe, expect, it } from 'vitest';
import { parseImportCommand } from '../../../../shared/exchange/import-step.ts';
import { importText, MemorySpace } from '../../../helpers/exchange/memory-space.ts';

let space: MemorySpace;
beforeEach(() => {
  space = new MemorySpace();
});

const incidents = (...rows: readonly string[]): string =>
  [
    'Number,Short description,State,Impact,Urgency,Caller,Assignment group,Assigned to,Opened,Parent Incident,Work notes',
    ...rows,
  ].join('\n');
const ticketOf = (number: string): Record<string, unknown> =>
  space.all('ticket').find((record) => record.values['number'] === number)?.values ?? {};

describe('table of incidents', () => {
  it('creates tickets with everything a ticket must have, and the records they name', async () => {
    const { report } = await importText(
      space,
      incidents('INC1,Mail is down,In Progress,1 - High,2 - Medium,Jane Doe,Mail Team,Rita,2016-02-29 10:00:00,,'),
      { zone: 'Europe/Berlin' },
    );
    expect(ticketOf('INC1')).toMatchObject({
      title: 'Mail is down',
      type: 'incident',
      state: 'in-progress',
      impact: '1',
      urgency: '2',
      priority: '2',
      reference: 'INC-T-1',
      openedAt: Date.UTC(2016, 1, 29, 9),
    });
    expect(space.title(ticketOf('INC1')['queue'])).toBe('Mail Team');
    expect(report).toMatchObject({
      states: { 'in-progress': 1 },
      records: { ticket: { created: 1 }, person: { created: 2 }, queue: { created: 1 } },
    });
  });

  it('stores the good rows when others are bad, and says where and what was expected', async () => {
    const { report } = await importText(
      space,
      incidents('INC1,One,Weird,,,,,,31/31/2016,,', ',Two,New,,,,,,,,', 'INC3,Three,New,,,,,,,,', 'INC4,Four,New'),
    );
    expect(space.all('ticket').map(({ values }) => values['number'])).toEqual(['INC1', 'INC3', 'INC4']);
    expect(report.rowsRefused).toBe(1);
    expect(report.findings.map(({ kind, reason, row, line, column }) => [kind, reason, row, line, column])).toEqual(
      expect.arrayContaining([
        ['refused', 'not-a-choice', 1, 2, 'State'],
        ['refused', 'not-a-date', 1, 2, 'Opened'],
        ['refused', 'no-key', 2, 3, 'Number'],
        ['noted', 'too-few-cells', 4, 5, ''],
      ]),
    );
  });

  it('updates by number, leaves what is the same, and treats repeats within the file alike', async () => {
    await importText(space, incidents('INC1,One,New,,,,,,,,', 'INC2,Two,New,,,,,,,,'));
    const { report } = await importText(
      space,
      incidents(
        'INC1,One,New,,,,,,,,',
        'INC2,Two!,New,,,,,,,,',
        'INC3,Three,New,,,,,,,,',
        'INC3,Three,New,,,,,,,,',
        'INC3,Drei,New,,,,,,,,',
      ),
      { importId: 'two' },
    );
    expect(report.records.ticket).toEqual({ created: 1, updated: 2, unchanged: 2 });
    expect([ticketOf('INC2')['title'], ticketOf('INC3')['title']]).toEqual(['Two!', 'Drei']);
    expect(space.all('ticket').length).toBe(3);
  });

  it('does not clear a field because its cell is empty', async () => {
    await importText(space, incidents('INC1,One,New,1 - High,,Jane,,,,,'));
    await importText(space, incidents('INC1,One,New,,,,,,,,'), { importId: 'two' });
    expect(ticketOf('INC1')).toMatchObject({ impact: '1' });
    expect(space.title(ticketOf('INC1')['caller'])).toBe('Jane');
  });

  it('recomputes the priority when impact or urgency change', async () => {
    await importText(space, incidents('INC1,One,New,3 - Low,3 - Low,,,,,,'));
    await importText(space, incidents('INC1,One,New,1 - High,1 - High,,,,,,'), { importId: 'two' });
    expect(ticketOf('INC1')['priority']).toBe('1');
  });

  it('finds a parent that stands further down, and refuses one that is nowhere', async () => {
    const { report } = await importText(space, incidents('INC1,One,New,,,,,,,INC2,', 'INC2,Two,New,,,,,,,INC9,'), {
      batch: 1,
    });
    const two = space.all('ticket').find((record) => record.values['number'] === 'INC2');
    expect(ticketOf('INC1')['parent']).toBe(two?.id);
    expect(
      report.findings.filter(({ reason }) => reason === 'no-such-record').map(({ row, value }) => [row, value]),
    ).toEqual([[2, 'INC9']]);
  });

  it('refuses names it may not create', async () => {
    const { report } = await importText(space, incidents('INC1,One,New,,,Jane,,,,,'), {
      change: { createReferences: false },
    });
    expect(space.all('person')).toEqual([]);
    expect(report.findings.map(({ reason, value, expected }) => [reason, value, expected])).toContainEqual([
      'no-such-record',
      'Jane',
      'person',
    ]);
  });

  it('finds a person by address as well as by name', async () => {
    space.commit([
      {
        at: 0,
        user: 'importer',
        command: 'person.create',
        changes: [
          { entity: 'person', id: 'jane', create: true, fields: { name: 'Jane Doe', email: 'jane@example.org' } },
        ],
      },
    ]);
    await importText(space, incidents('INC1,One,New,,,jane@example.org,,,,,', 'INC2,Two,New,,,Jane Doe,,,,,'));
    expect([ticketOf('INC1')['caller'], ticketOf('INC2')['caller']]).toEqual(['jane', 'jane']);
  });

  it('keeps a title too long for a title in the description', async () => {
    const long = 'word '.repeat(60).trim();
    await importText(space, `number,short_description,description,caller_id,state\nINC1,${long},the rest,Jane,New`);
    expect(ticketOf('INC1')).toMatchObject({ title: long.slice(0, 200), description: `${long}\n\nthe rest` });
  });

  it('makes a journal into comments of their authors, and adds only what is new', async () => {
    const journal = (...entries: readonly string[]): string => `"${entries.join('\n\n').replaceAll('"', '""')}"`;
    const first = '2016-02-29 10:00:00 - Rita (Work notes)\nLooked at it.\nAll is "red".';
    const second = '2016-02-29 11:00:00 - Bob (Work notes)\nFixed.';
    await importText(space, incidents(`INC1,One,New,,,,,,,,${journal(first)}`));
    const { report } = await importText(space, incidents(`INC1,One,New,,,,,,,,${journal(second, first)}`), {
      importId: 'two',
    });
    expect(
      space
        .all('ticket-entry')
        .map(({ values }) => [values['body'], space.title(values['author']), values['audience']]),
    ).toEqual([
      ['Looked at it.\nAll is "red".', 'Rita', 'work-note'],
      ['Fixed.', 'Bob', 'work-note'],
    ]);
    expect(report.records.ticket).toEqual({ created: 0, updated: 0, unchanged: 1 });
  });

  it('can be found by its import', async () => {
    await importText(space, incidents('INC1,One,New,,,Jane,,,,,'), { importId: '0197-abc' });
    expect(space.steps.map((step) => parseImportCommand(step.command))).toEqual([
      { importId: '0197-abc', verb: 'references', sequence: null },
      { importId: '0197-abc', verb: 'create', sequence: null },
    ]);
  });
});

describe('other tables', () => {
  it('imports plain texts with a title from their first line', async () => {
    const { report } = await importText(
      space,
      'Document,Topic_group\n"printer jam on second floor\nplease help",Hardware\n,\n',
    );
    expect(
      space
        .all('ticket')
        .map(({ values }) => [values['title'], values['category'], values['state'], values['priority']]),
    ).toEqual([['printer jam on second floor', 'Hardware', 'new', '5']]);
    expect(report).toMatchObject({ rowsRefused: 1, records: { ticket: { created: 1 } } });
  });

  it('imports people', async () => {
    await importText(space, 'Name,E-mail,Job title\nJane Doe,jane@example.org,Nurse\n', { entity: 'person' });
    expect(space.all('person').map(({ values }) => values)).toEqual([
      { active: true, name: 'Jane Doe', email: 'jane@example.org', jobTitle: 'Nurse' },
    ]);
  });

  it('splits lists and adds to them', async () => {
    await importText(space, 'number,title,tags\nA,One,"vip, urgent ;vip"\n');
    await importText(space, 'number,title,tags\nA,One,new\n', { importId: 'two' });
    expect(ticketOf('A')).toMatchObject({ 'tags/vip': true, 'tags/urgent': true, 'tags/new': true });
  });
});

describe('dry run', () => {
  it('counts repeats as the import will', async () => {
    const text = incidents('INC1,One,New,,,Jane,,,,,', 'INC2,Two,New,,,Jane,,,,,', 'INC1,Eins,New,,,Jane,,,,,');
    const dry = await importText(space, text, { dryRun: true, batch: 1 });
    expect(space.steps).toEqual([]);
    expect(space.ports.newReference('INC')).toBe('INC-T-1');
    const real = await importText(space, text, { batch: 1 });
    expect({ ...dry.report, dryRun: false }).toEqual(real.report);
  });
});
