import type { EntityDefinition } from '../field.ts';
import { workOrderStates, workOrderTypes } from './change-words.ts';

const text = { type: 'text', maxLength: 32_000, multiline: true, merge: 'text' } as const;

/** One piece of work of a change: planning, doing, backing out, or the post-implementation review. */
export const workOrder = {
  kind: 'work-order',
  area: 'change',
  plain: true,
  referencePrefix: 'WO',
  titleField: 'title',
  fields: {
    reference: { type: 'text', maxLength: 64, merge: 'fixed', column: true, searched: true, stamped: true },
    change: { type: 'reference', to: 'change', merge: 'fixed', column: true, required: true },
    type: { type: 'choice', choices: workOrderTypes, merge: 'register', column: true, required: true },
    title: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    /** Absent: open. Moved by `work-order.move`, which stamps the times. */
    state: {
      type: 'choice',
      choices: workOrderStates,
      merge: 'guarded',
      precedence: workOrderStates,
      column: true,
      stamped: true,
    },
    assignee: { type: 'reference', to: 'person', merge: 'register', column: true },
    queue: { type: 'reference', to: 'queue', merge: 'register', column: true },
    instructions: text,
    report: text,
    /** Minutes. */
    plannedEffort: { type: 'count', merge: 'register', column: true },
    effort: { type: 'count', merge: 'register', column: true },
    actualStart: { type: 'instant', merge: 'register', column: true, stamped: true },
    actualEnd: { type: 'instant', merge: 'register', column: true, stamped: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** The post-implementation review of a change: the same record on whichever device it is asked for. */
export function reviewOrderId(changeId: string): string {
  return `pir-${changeId}`.slice(0, 64);
}
