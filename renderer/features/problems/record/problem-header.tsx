import { ChevronRight, Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { allowedProblemMoves, type ProblemTransition } from '../../../../shared/domain/problem/problem-lifecycle.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Chip, ChipButton } from '../../../ui/chip.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { PriorityGlyph, priorityTones } from '../../../widgets/priority-glyph.tsx';
import { RecordHeaderFrame, RecordTitle } from '../../../widgets/record-frame.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { startProblemMove } from '../problem-actions.ts';
import { problemsScreen } from '../problem-lists.ts';
import { priorityOf, ProblemStateChip } from '../problem-state.tsx';
import { useProblemText } from '../problem-text.ts';

/** The steps that lead on; the others are in the menu. */
const forward: ReadonlySet<string> = new Set(['confirm', 'fix', 'resolve', 'complete']);

export function ProblemHeader({
  record,
  isPage,
}: {
  readonly record: RecordView;
  readonly isPage: boolean;
}): ReactNode {
  const text = useProblemText();
  const desk = useDeskContext();
  const dispatch = useDeskDispatch();
  const { id, values, titles } = record;
  const moves = allowedProblemMoves(values);
  const next = moves.find(({ move }) => forward.has(move));
  const others = moves.filter((each) => each !== next);
  const priority = priorityOf(values);
  const original = textValue(values, 'duplicateOf');
  const start = (transition: ProblemTransition): void => startProblemMove(desk, id, transition);
  return (
    <RecordHeaderFrame
      isPage={isPage}
      reference={referenceOf(values)}
      chips={
        <>
          <ProblemStateChip values={values} />
          <Chip tone={priorityTones[priority]} glyph={<PriorityGlyph priority={priority} />}>
            {choiceText(text, 'priority', priority)}
          </Chip>
          {original === '' ? null : (
            <ChipButton
              label={text('problem.open-original')}
              onPress={() =>
                dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: 'all', record: original }))
              }
            >
              {text('problem.duplicate-of', { title: titles['duplicateOf'] || text('value.missing') })}
            </ChipButton>
          )}
          <SyncMark isPending={record.pending} isConflict={record.conflicts.length > 0} />
        </>
      }
      actions={
        <>
          {next === undefined ? null : (
            <Button variant="primary" icon={<ChevronRight size={15} />} onPress={() => start(next)}>
              {text(`move.problem.${next.move}`)}
            </Button>
          )}
          {others.length === 0 ? null : (
            <Menu
              label={text('action.more')}
              trigger={<IconButton label={text('action.more')} icon={<Ellipsis size={16} />} />}
              groups={[
                {
                  id: 'moves',
                  entries: others.map(({ move }) => ({
                    id: move,
                    label: text(`move.problem.${move}`),
                    isDanger: move === 'cancel',
                  })),
                },
              ]}
              onAction={(chosen) => {
                const found = others.find(({ move }) => move === chosen);
                if (found) start(found);
              }}
            />
          )}
        </>
      }
    >
      <RecordTitle title={rowTitle(record)} />
    </RecordHeaderFrame>
  );
}
