import { targetStages, type TargetStage } from '../../shared/domain/service-level/target-stage.ts';
import type { CommonKey } from '../services/common-messages.ts';
import type { Translate } from '../services/text.ts';
import { choiceText } from './choice-text.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The next target of a row or record, as its columns say. */
export interface ShownDue {
  readonly stage: TargetStage;
  readonly due: number | null;
  readonly target: string;
}

/** Null for a ticket without a target. */
export function shownDue(values: Readonly<Record<string, unknown>>): ShownDue | null {
  const stage = targetStages.find((each) => each === values['dueStage']);
  if (stage === undefined) return null;
  const { due, target } = { due: values['due'], target: values['dueTarget'] };
  return { stage, due: typeof due === 'number' ? due : null, target: typeof target === 'string' ? target : '' };
}

/** A stretch of time (ms), short: `40 min`, `3 h`, `2 d`. Rounded down, so that nothing is promised that is over. */
export function spanText(text: Translate<CommonKey>, ms: number): string {
  const length = Math.abs(ms);
  if (length < hour) return text('span.minutes', { count: Math.floor(length / minute) });
  if (length < 2 * day) return text('span.hours', { count: Math.floor(length / hour) });
  return text('span.days', { count: Math.floor(length / day) });
}

/** A stretch of time (ms) to the minute: `2 h 5 min`. */
export function exactSpanText(text: Translate<CommonKey>, ms: number): string {
  const minutes = Math.round(Math.abs(ms) / minute);
  if (minutes < 60) return text('span.minutes', { count: minutes });
  const parts = [text('span.hours', { count: Math.floor(minutes / 60) })];
  if (minutes % 60 > 0) parts.push(text('span.minutes', { count: minutes % 60 }));
  return parts.join(' ');
}

/** What a chip says: how much is left or over, else the stage. Stage and time together, never colour alone. */
export function dueText(text: Translate<CommonKey>, { stage, due }: ShownDue, now: number): string {
  if (due === null) return choiceText(text, 'dueStage', stage);
  if (stage === 'breached') return text('due.overdue', { span: spanText(text, now - due) });
  return text(stage === 'due-soon' ? 'due.soon' : 'due.in', { span: spanText(text, due - now) });
}

/** The whole sentence, for hovers and screen readers. */
export function dueLabel(
  text: Translate<CommonKey>,
  shown: ShownDue,
  now: number,
  full: (at: number) => string,
): string {
  const target = choiceText(text, 'dueTarget', shown.target);
  const stage = choiceText(text, 'dueStage', shown.stage);
  if (shown.due === null) return text('due.label', { target, stage });
  return text('due.label-at', { target, stage: `${stage}, ${dueText(text, shown, now)}`, when: full(shown.due) });
}
