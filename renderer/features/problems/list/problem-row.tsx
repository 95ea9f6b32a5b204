import { BookOpenCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Row } from '../../../data/data-api.ts';
import { choiceText } from '../../../widgets/choice-text.ts';
import { PriorityGlyph } from '../../../widgets/priority-glyph.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { TwoLineRow } from '../../../widgets/two-line-row.tsx';
import { priorityOf, ProblemStateGlyph, problemStateText } from '../problem-state.tsx';
import { useProblemText, type ProblemText } from '../problem-text.ts';

interface ProblemRowProps {
  readonly row: Row;
  /** Incidents of the problem. */
  readonly linked: number;
}

/** Two lines: what it is called, then state, reference, what it concerns, and how many incidents hang on it. */
export function ProblemRow({ row, linked }: ProblemRowProps): ReactNode {
  const text = useProblemText();
  const { values } = row;
  const isProblem = textValue(values, 'state') !== '';
  return (
    <TwoLineRow
      glyph={isProblem ? <ProblemStateGlyph values={values} /> : <BookOpenCheck size={14} aria-hidden />}
      title={rowTitle(row)}
      marks={
        <>
          <SyncMark isPending={row.pending} isConflict={row.conflict} />
          {isProblem ? <PriorityGlyph priority={priorityOf(values)} /> : null}
        </>
      }
      reference={referenceOf(values)}
      detail={detailOf(text, row).join(' · ')}
      end={linked === 0 ? null : <span>{text('problem.incidents', { count: linked })}</span>}
      isSelected={false}
      isChoosing={false}
    />
  );
}

function detailOf(text: ProblemText, { values, titles }: Row): readonly string[] {
  const isProblem = textValue(values, 'state') !== '';
  const how = isProblem
    ? problemStateText(text, values)
    : choiceText(text, 'status', textValue(values, 'status') || 'draft');
  return [how, titles['asset'] ?? '', titles['service'] ?? '', titles['assignee'] ?? ''].filter((part) => part !== '');
}

/** The whole row in words. */
export function problemRowLabel(text: ProblemText, row: Row, linked: number): string {
  const priority = textValue(row.values, 'priority');
  return [
    rowTitle(row),
    referenceOf(row.values),
    ...detailOf(text, row),
    priority === '' ? '' : choiceText(text, 'priority', priority),
    linked === 0 ? '' : text('problem.incidents', { count: linked }),
    row.conflict ? text('mark.conflict') : row.pending ? text('mark.pending') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
