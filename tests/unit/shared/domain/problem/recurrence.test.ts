import { describe, expect, it } from 'vitest';
import {
  findRecurrences,
  usualRecurrence,
  type ComparedIncident,
} from '../../../../../shared/domain/problem/recurrence/find-recurrences.ts';
import { spelledOut, tellingWords } from '../../../../../shared/domain/problem/recurrence/incident-words.ts';
import { isDismissed } from '../../../../../shared/domain/problem/recurrence/recurrence-dismissal.ts';
import { createMemoryDesk } from '../../../../helpers/memory-desk.ts';

let made = 0;
function incident(title: string, more: Partial<ComparedIncident> = {}): ComparedIncident {
  made += 1;
  return {
    id: `i${made}`,
    title: tellingWords(title),
    description: new Set(),
    asset: null,
    service: null,
    category: null,
    openedAt: made * 1_000,
    isOpen: true,
    ...more,
  };
}

const noise = [
  'Outlook calendar shows wrong timezone',
  'Password of payroll portal expired',
  'Headset crackles during conference',
  'Scanner saves pages upside down',
  'Monitor flickers after docking',
  'Laptop battery drains overnight',
  'Badge does not open parking gate',
  'Spreadsheet macro blocked by policy',
];

const switchIncidents = (): readonly ComparedIncident[] =>
  ['Switch SW-3 lost uplink', 'No network, switch lost its uplink again', 'Uplink of the switch lost since noon'].map(
    (title) => incident(title, { asset: 'sw' }),
  );

describe('recurrence', () => {
  it('finds the incidents that say the same, among others, with the reasons', () => {
    const same = switchIncidents();
    const [found, ...others] = findRecurrences([...noise.map((title) => incident(title)), ...same]);
    expect(others).toEqual([]);
    expect(found?.incidents).toEqual(same.map(({ id }) => id));
    expect(found).toMatchObject({ open: 3, asset: { id: 'sw', count: 3 }, service: null });
    expect(found?.words).toEqual(expect.arrayContaining(['switch', 'uplink', 'lost']));
  });

  it('needs three, and words in common: one place alone is not one cause', () => {
    expect(findRecurrences([...noise.map((title) => incident(title)), ...switchIncidents().slice(0, 2)])).toEqual([]);
    expect(findRecurrences(noise.map((title) => incident(title, { asset: 'pc', service: 's' })))).toEqual([]);
  });

  it('does not depend on the order it is told in', () => {
    const all = [...noise.map((title) => incident(title)), ...switchIncidents()];
    expect(findRecurrences(all.toReversed())).toEqual(findRecurrences(all));
  });

  it('puts each incident into one group', () => {
    const all = [...switchIncidents(), ...switchIncidents(), ...noise.map((title) => incident(title))];
    const ids = findRecurrences(all, { ...usualRecurrence, likeness: 0.2 }).flatMap(({ incidents }) => incidents);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('reads words without their endings, and not those of every letter', () => {
    expect([...tellingWords('Dear team, please help: the PRINTERS are printing, printer 42!')]).toEqual(['print']);
  });
});

describe('the words of a proposal', () => {
  it('are told as they are written', () => {
    const texts = ['Windows upgrade fails', 'Upgrade of Windows', 'Upgrading hangs'];
    expect(spelledOut(['upgrad', 'window', 'driv'], texts)).toEqual(['upgrade', 'windows', 'driv']);
  });
});

describe('a proposal that was put aside', () => {
  const [found] = findRecurrences([...noise.map((title) => incident(title)), ...switchIncidents()]);
  const grown = found && { ...found, incidents: [...found.incidents, 'new 1'] };

  it('stays aside with one more incident, and comes back with two', () => {
    const known = new Set(found?.incidents);
    expect(grown && isDismissed(grown, [known])).toBe(true);
    expect(grown && isDismissed({ ...grown, incidents: [...grown.incidents, 'new 2'] }, [known])).toBe(false);
    expect(grown && isDismissed(grown, [])).toBe(false);
  });

  it('is one record, whichever device puts it aside and in which order', () => {
    const [one, other] = [createMemoryDesk(), createMemoryDesk()];
    other.user = 'another';
    one.run('problem.dismiss-recurrence', { incidents: ['a', 'b', 'c'] });
    other.run('problem.dismiss-recurrence', { incidents: ['c', 'a', 'b'] });
    expect([...one.rows.keys()]).toEqual([...other.rows.keys()]);
    expect(one.run('problem.dismiss-recurrence', { incidents: ['a', 'b', 'c'] })).toMatchObject({ ok: false });
  });
});
