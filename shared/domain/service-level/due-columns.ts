import type { FieldType } from '../field.ts';
import { targetNames } from './service-level-words.ts';
import { targetStages } from './target-stage.ts';

/** What a list knows of a ticket's next target, see `TicketDue`. */
export const dueColumns = {
  due: { type: 'instant' },
  dueSoon: { type: 'instant' },
  dueTarget: { type: 'choice', choices: targetNames },
  dueStage: { type: 'choice', choices: targetStages },
} as const satisfies Readonly<Record<string, FieldType>>;
