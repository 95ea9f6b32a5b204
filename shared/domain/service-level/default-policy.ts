import { z } from 'zod';
import { succeed } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import { defaultApprovalSteps } from '../approval/default-approval-steps.ts';
import { isZone } from '../calendar/zone.ts';
import type { Change } from '../change.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { onHoldReasons, type Priority } from '../ticket/ticket.ts';
import type { TargetName } from './service-level-words.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/**
 * Command of what a new space is filled with. No person wrote it: an endpoint that has these records refuses another
 * desk's, whose calendars may be of another zone, and nobody is told.
 */
export const defaultsCommand = 'space.defaults';

/** Ids of what every new space begins with: the same on every device, so that two new spaces joined hold each once. */
const roundTheClock = 'calendar-24x7';
const businessHours = 'calendar-business-hours';

/** Amount, unit and calendar of a target. */
type Agreed = readonly [amount: number, unit: 'minutes' | 'hours' | 'working-days', calendar: string];

/** What organisations commonly agree on; every number can be edited. Critical tickets run round the clock. */
const agreed: Readonly<Record<Priority, Readonly<Record<'response' | 'resolution', Agreed>>>> = {
  '1': { response: [15, 'minutes', roundTheClock], resolution: [4, 'hours', roundTheClock] },
  '2': { response: [30, 'minutes', businessHours], resolution: [8, 'hours', businessHours] },
  '3': { response: [4, 'hours', businessHours], resolution: [3, 'working-days', businessHours] },
  '4': { response: [1, 'working-days', businessHours], resolution: [5, 'working-days', businessHours] },
  '5': { response: [2, 'working-days', businessHours], resolution: [10, 'working-days', businessHours] },
};
const updateAgreed: Agreed = [1, 'working-days', businessHours];

/**
 * `policy.create-defaults` {timeZone}: the two usual calendars and targets for each priority. Leaves alone what is
 * there; refuses when all of it is.
 */
export const createDefaultPolicy = registerCommand({
  name: 'policy.create-defaults',
  input: z.strictObject({ timeZone: z.string().max(64) }),
  reads: () => ({ ids: defaultPolicy('UTC').map(({ id }) => id) }),
  decide: ({ timeZone }, rows) => {
    if (!isZone(timeZone)) return refuse('bad-time-zone', { field: 'timeZone', values: { got: timeZone } });
    return succeed(defaultPolicy(timeZone).filter(({ id }) => !rows.has(id)));
  },
});

/** What every new space begins with. */
export function defaultPolicy(timeZone: string): readonly Change[] {
  const create = (entity: 'calendar' | 'service-level', id: string, fields: Fields): Change => ({
    entity,
    id,
    create: true,
    fields: { ...fields, active: true },
  });
  const calendars = [
    create('calendar', roundTheClock, { name: '24x7', timeZone, weekly: '{"mon-sun":[["00:00","24:00"]]}' }),
    create('calendar', businessHours, {
      name: 'Business hours',
      timeZone,
      weekly: '{"mon-fri":[["08:00","12:00"],["13:00","17:00"]]}',
    }),
  ];
  const levels = Object.entries(agreed).flatMap(([priority, targets]) =>
    Object.entries(targets).map(([target, amount]) =>
      create('service-level', `level-p${priority}-${target}`, {
        name: `P${priority} ${target}`,
        ...levelFields(target === 'response' ? 'response' : 'resolution', amount),
        [`priorities/${priority}`]: true,
      }),
    ),
  );
  const update = create('service-level', 'level-update', { name: 'Update', ...levelFields('update', updateAgreed) });
  return [...calendars, ...levels, update, ...defaultApprovalSteps()];
}

/** The clock of a resolution stops while somebody else must act; those of response and update do not (SLA-7). */
function levelFields(target: TargetName, [amount, unit, calendar]: Agreed): Fields {
  const pauses = target === 'resolution' ? onHoldReasons.map((reason) => [`pausesOn/${reason}`, true]) : [];
  return { kind: 'sla', target, amount, unit, calendar, ...Object.fromEntries(pauses) };
}
