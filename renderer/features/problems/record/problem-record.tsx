import { useCallback, useState, type ReactNode } from 'react';
import type { RecordView, TimelineEntry } from '../../../data/data-api.ts';
import { isCommonKey } from '../../../services/text.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { EditingStatus } from '../../../widgets/editing-mark.tsx';
import { Timeline } from '../../../widgets/timeline.tsx';
import { useProblemText } from '../problem-text.ts';
import { AnalysisTab } from './analysis-tab.tsx';
import { IncidentsTab } from './incidents-tab.tsx';
import { NoteComposer } from './note-composer.tsx';
import { ProblemDetailsTab } from './problem-details-tab.tsx';
import { ProblemHeader } from './problem-header.tsx';

/** One problem: what it is, why it is so, whom it troubles, what happened. */
export function ProblemRecord({
  record,
  isPage,
}: {
  readonly record: RecordView;
  readonly isPage: boolean;
}): ReactNode {
  const text = useProblemText();
  const { id } = record;
  const [tab, setTab] = useState('analysis');
  const linked = [{ field: 'problem', op: 'in', values: [id] }] as const;
  const { result: counts } = useWatch({ type: 'counts', entity: 'ticket', of: { linked } });
  const { result: timeline, isStale } = useWatch({ type: 'timeline', id });
  const entries = isStale ? [] : (timeline ?? []);
  const describe = useCallback(
    ({ command }: TimelineEntry) => {
      const key = `did.${command}`;
      return text(isCommonKey(key) ? key : 'did.problem.edit');
    },
    [text],
  );
  return (
    <>
      <ProblemHeader record={record} isPage={isPage} />
      <Tabs
        label={text('problem.tabs')}
        selected={tab}
        onSelect={setTab}
        aside={<EditingStatus id={id} />}
        tabs={[
          { id: 'analysis', label: text('tab.analysis'), content: <AnalysisTab key={id} record={record} /> },
          {
            id: 'incidents',
            label: text('tab.incidents'),
            count: counts?.['linked'] || undefined,
            content: <IncidentsTab record={record} />,
          },
          {
            id: 'details',
            label: text('tab.problem-details'),
            content: <ProblemDetailsTab key={id} record={record} />,
          },
          {
            id: 'activity',
            label: text('tab.problem-activity'),
            count: entries.length,
            content: <Timeline entity="problem" entries={entries} describe={describe} />,
          },
        ]}
      />
      <NoteComposer record={record} onSent={() => setTab('activity')} />
    </>
  );
}
