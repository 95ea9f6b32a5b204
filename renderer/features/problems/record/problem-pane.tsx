import { Bug, CircleHelp } from 'lucide-react';
import { useDeferredValue, type ReactNode } from 'react';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { RecordPaneFrame } from '../../../widgets/record-frame.tsx';
import { useProblemText } from '../problem-text.ts';
import { KnownErrorRecord } from './known-error-record.tsx';
import { ProblemRecord } from './problem-record.tsx';

/** The open problem or known error. */
export function ProblemPane({ isPage }: { readonly isPage: boolean }): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const opened = useDesk((desk) => desk.navigation.place.record);
  const id = useDeferredValue(opened);
  const { result: record, isStale } = useWatch(id === null ? null : { type: 'record', id });
  const pane = (children: ReactNode): ReactNode => (
    <RecordPaneFrame label={text('problem.pane')}>{children}</RecordPaneFrame>
  );
  if (id === null)
    return pane(
      <EmptyState glyph={<Bug size={22} />} title={text('problem.none')}>
        {text('problem.none-hint')}
      </EmptyState>,
    );
  if (record === undefined) return pane(null);
  if (record?.entity === 'problem') return pane(<ProblemRecord record={record} isPage={isPage} />);
  if (record?.entity === 'known-error') return pane(<KnownErrorRecord record={record} isPage={isPage} />);
  if (isStale) return pane(null);
  return pane(
    <EmptyState
      glyph={<CircleHelp size={22} />}
      title={text('problem.gone')}
      action={<Button onPress={() => dispatch(navigationSlice.actions.closedRecord())}>{text('record.back')}</Button>}
    />,
  );
}
