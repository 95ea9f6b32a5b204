import { CircleHelp, Inbox } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, type ReactNode } from 'react';
import type { TimelineEntry } from '../../../data/data-api.ts';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { seenSlice } from '../../../store/seen-slice.ts';
import { layoutSlice } from '../../../store/layout-slice.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { EditingStatus } from '../../../widgets/editing-mark.tsx';
import { Timeline } from '../../../widgets/timeline.tsx';
import { RecordPaneFrame } from '../../../widgets/record-frame.tsx';
import { useTicketText } from '../ticket-text.ts';
import { elementsOf } from '../ticket-values.ts';
import { Composer } from './composer.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { DetailsTab } from './details-tab.tsx';
import { RecordHeader } from './record-header.tsx';
import { RelatedTab } from './related-tab.tsx';
import { entryTitle } from './timeline-text.ts';

/**
 * The open ticket. Walking through the list changes what it shows without mounting it anew; it follows the cursor a
 * moment later, so that the cursor itself never waits.
 */
export function RecordPane({ isPage }: { readonly isPage: boolean }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const describe = useCallback((entry: TimelineEntry) => entryTitle(text, entry), [text]);
  const { now } = useServices();
  const opened = useDesk((desk) => desk.navigation.place.record);
  const id = useDeferredValue(opened);
  const tab = useDesk((desk) => desk.layout.tab);
  const { result: record, isStale } = useWatch(id === null ? null : { type: 'record', id });
  const { result: timeline, isStale: isTimelineStale } = useWatch(id === null ? null : { type: 'timeline', id });
  const updatedAt = record?.updatedAt ?? 0;
  const shownId = record?.id ?? null;

  useEffect(() => {
    if (shownId !== null) dispatch(seenSlice.actions.saw({ ids: [shownId], at: Math.max(updatedAt, now()) }));
  }, [dispatch, now, shownId, updatedAt]);

  if (id === null) {
    return (
      <Pane>
        <EmptyState glyph={<Inbox size={22} />} title={text('record.none')}>
          {text('record.none-hint')}
        </EmptyState>
      </Pane>
    );
  }
  if (record === undefined) return <Pane>{null}</Pane>;
  if (record === null || record.entity !== 'ticket') {
    if (isStale) return <Pane>{null}</Pane>;
    return (
      <Pane>
        <EmptyState
          glyph={<CircleHelp size={22} />}
          title={text('record.gone')}
          action={
            <Button onPress={() => dispatch(navigationSlice.actions.closedRecord())}>{text('record.back')}</Button>
          }
        >
          {text('record.gone-hint')}
        </EmptyState>
      </Pane>
    );
  }
  // The watches answer one after the other: never the history of one ticket under the header of another.
  const entries = isTimelineStale || record.id !== id ? [] : (timeline ?? []);
  const related = elementsOf(record.values, 'links').length + (record.values['parent'] ? 1 : 0);
  return (
    <Pane>
      <RecordHeader record={record} isPage={isPage} />
      <ConflictNotice record={record} />
      <Tabs
        label={text('record.tabs')}
        selected={tab}
        onSelect={(next) => dispatch(layoutSlice.actions.changedLayout({ tab: next }))}
        aside={<EditingStatus id={record.id} />}
        tabs={[
          { id: 'details', label: text('tab.details'), content: <DetailsTab record={record} /> },
          {
            id: 'activity',
            label: text('tab.activity'),
            count: entries.length,
            content: <Timeline entity="ticket" entries={entries} describe={describe} />,
          },
          {
            id: 'related',
            label: text('tab.related'),
            count: related === 0 ? undefined : related,
            content: <RelatedTab record={record} />,
          },
        ]}
      />
      <Composer record={record} />
    </Pane>
  );
}

function Pane({ children }: { readonly children: ReactNode }): ReactNode {
  const text = useTicketText();
  return <RecordPaneFrame label={text('record.pane')}>{children}</RecordPaneFrame>;
}
