import { z } from 'zod';
import { succeed } from '../../result.ts';
import type { Change } from '../change.ts';
import { idInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { holiday, holidayId } from './calendar-record.ts';
import { checkHolidays } from './read-calendar.ts';

const entry = z.strictObject({ date: z.string().max(10), name: z.string().max(holiday.fields.name.maxLength) });

/**
 * `calendar.import-holidays` {id, holidays}: what a feed brought (`readHolidayFeed`). A date that is there gets the name
 * of the feed and is in use again; dates the feed does not have stay.
 */
export const importHolidays = registerCommand({
  name: 'calendar.import-holidays',
  input: z.strictObject({ id: idInput.max(48), holidays: z.array(entry).min(1).max(2_000) }),
  reads: ({ id, holidays }) => ({ ids: [id, ...holidays.map(({ date }) => holidayId(id, date))] }),
  decide: ({ id, holidays }, rows) => {
    const found = findRow(rows, id, 'calendar');
    if (!found.ok) return found;
    const problem = checkHolidays(holidays);
    if (problem) return refuse('bad-calendar', { field: 'holidays', values: { ...problem } });
    const byDate = new Map(holidays.map(({ date, name }) => [date, name.trim()]));
    return succeed(
      [...byDate].flatMap(([date, name]): readonly Change[] => {
        const at = holidayId(id, date);
        const before = rows.get(at)?.values;
        if (!before)
          return [{ entity: 'holiday', id: at, create: true, fields: { calendar: id, date, name, active: true } }];
        const fields = {
          ...(name !== '' && name !== before['name'] ? { name } : {}),
          ...(before['active'] === false ? { active: true } : {}),
        };
        return Object.keys(fields).length === 0 ? [] : [{ entity: 'holiday', id: at, fields }];
      }),
    );
  },
});
