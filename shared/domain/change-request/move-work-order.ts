import { z } from 'zod';
import { succeed } from '../../result.ts';
import type { Change } from '../change.ts';
import { idInput, textInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { choiceAmong } from '../ticket/ticket-values.ts';
import { workOrderStates, type WorkOrderState } from './change-words.ts';

/** What may follow what. Closed and canceled are final. */
export const workOrderMoves: Readonly<Record<WorkOrderState, readonly WorkOrderState[]>> = {
  open: ['in-progress', 'closed', 'canceled'],
  'in-progress': ['open', 'closed', 'canceled'],
  closed: [],
  canceled: [],
};

/** `work-order.move` {id, state, report?}: beginning and end stamp the actual times. */
export const moveWorkOrder = registerCommand({
  name: 'work-order.move',
  input: z.strictObject({ id: idInput, state: z.enum(workOrderStates), report: textInput.optional() }),
  reads: ({ id }) => ({ ids: [id] }),
  decide: ({ id, state, report }, rows, { now }) => {
    const found = findRow(rows, id, 'work-order');
    if (!found.ok) return found;
    const { values } = found.value;
    const from = choiceAmong(workOrderStates, values['state'] ?? 'open');
    if (from === state) return refuse('nothing-to-change', { field: 'state' });
    if (from === undefined || !workOrderMoves[from].includes(state))
      return refuse('no-such-work-order-move', { field: 'state', values: { from: from ?? '', to: state } });
    const isStart = state === 'in-progress' && (values['actualStart'] ?? null) === null;
    const isEnd = state === 'closed' || state === 'canceled';
    const started = Number(values['actualStart'] ?? now);
    const fields = {
      state,
      ...(isStart ? { actualStart: now } : {}),
      // Never equal to the start: an order that took no time reads as one that was not done.
      ...(isEnd ? { actualEnd: Math.max(now, started + 1_000) } : {}),
      ...(report === undefined || report.trim() === '' ? {} : { report: report.trim() }),
    };
    return succeed<readonly Change[]>([{ entity: 'work-order', id, fields }]);
  },
});
