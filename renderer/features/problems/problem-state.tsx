import type { ReactNode } from 'react';
import { problemStateOf } from '../../../shared/domain/problem/problem-lifecycle.ts';
import type { ProblemState } from '../../../shared/domain/problem/problem-words.ts';
import { priorities, type Priority, type TicketState } from '../../../shared/domain/ticket/ticket.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import { Chip } from '../../ui/chip.tsx';
import { choiceText } from '../../widgets/choice-text.ts';
import { textValue } from '../../widgets/row-title.ts';
import { StateGlyph, stateTones } from '../../widgets/state-glyph.tsx';
import { useProblemText, type ProblemText } from './problem-text.ts';

/** The shapes of tickets serve: what is being worked on looks the same in both. */
const shapes: Readonly<Record<ProblemState, TicketState>> = {
  new: 'new',
  assess: 'in-progress',
  'root-cause-analysis': 'in-progress',
  'fix-in-progress': 'in-progress',
  resolved: 'resolved',
  closed: 'closed',
};

export function ProblemStateGlyph({ values }: { readonly values: RecordValues }): ReactNode {
  return <StateGlyph state={shapes[problemStateOf(values) ?? 'new']} />;
}

export function ProblemStateChip({ values }: { readonly values: RecordValues }): ReactNode {
  const text = useProblemText();
  return (
    <Chip tone={stateTones[shapes[problemStateOf(values) ?? 'new']]} glyph={<ProblemStateGlyph values={values} />}>
      {problemStateText(text, values)}
    </Chip>
  );
}

/** The state, and with a finished problem its outcome. */
export function problemStateText(text: ProblemText, values: RecordValues): string {
  const state = choiceText(text, 'state', textValue(values, 'state') || 'new');
  const code = textValue(values, 'resolutionCode');
  return code === ''
    ? state
    : text('problem.state-and-outcome', { state, outcome: choiceText(text, 'resolutionCode', code) });
}

export function priorityOf(values: RecordValues): Priority {
  return priorities.find((each) => each === values['priority']) ?? '5';
}
