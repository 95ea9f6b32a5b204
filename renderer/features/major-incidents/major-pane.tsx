import { Check, Siren, X } from 'lucide-react';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { majorPhases } from '../../../shared/domain/major-incident/major-incident-words.ts';
import type { RecordView } from '../../data/data-api.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { choiceText, fieldText } from '../../widgets/choice-text.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { FieldPortsContext, RecordField, type FieldPorts } from '../../widgets/record-field.tsx';
import {
  LinkedRow,
  RecordGroup,
  RecordHeaderFrame,
  RecordPaneFrame,
  RecordTab,
  RecordTitle,
} from '../../widgets/record-frame.tsx';
import { rowTitle, textValue } from '../../widgets/row-title.ts';
import { SyncMark } from '../../widgets/sync-mark.tsx';
import { Timeline } from '../../widgets/timeline.tsx';
import { CommunicationPlan } from './communication-plan.tsx';
import { useMajorText } from './major-text.ts';
import { ReviewTab } from './review-tab.tsx';

/** The open major incident or candidate. */
export function MajorPane({ isPage }: { readonly isPage: boolean }): ReactNode {
  const text = useMajorText();
  const opened = useDesk((desk) => desk.navigation.place.record);
  const id = useDeferredValue(opened);
  const { result: record } = useWatch(id === null ? null : { type: 'record', id });
  const isOne = record?.entity === 'major-incident';
  return (
    <RecordPaneFrame label={text('major.pane')}>
      {isOne ? <MajorRecord key={record.id} record={record} isPage={isPage} /> : null}
      {id === null ? (
        <EmptyState glyph={<Siren size={22} />} title={text('major.nothing-open')}>
          {text('major.nothing-open-hint')}
        </EmptyState>
      ) : null}
    </RecordPaneFrame>
  );
}

function MajorRecord({ record, isPage }: { readonly record: RecordView; readonly isPage: boolean }): ReactNode {
  const text = useMajorText();
  const { runner } = useDeskContext();
  const [tab, setTab] = useState('run');
  const { id, values } = record;
  const ports: FieldPorts = useMemo(
    () => ({
      record,
      isDisabled: values['state'] === 'ended',
      save: async (field, value) => {
        const done = text('done.major-field', { field: fieldText(text, 'major-incident', field) });
        const outcome = await runner.run(
          'record.edit',
          { entity: 'major-incident', id, fields: { [field]: value } },
          { done },
        );
        return outcome.ok || outcome.failure.kind === 'nothing-to-change';
      },
    }),
    [record, values, id, runner, text],
  );
  const isRunning = values['state'] === 'accepted';
  const state = textValue(values, 'state');
  return (
    <FieldPortsContext value={ports}>
      <RecordHeaderFrame
        isPage={isPage}
        reference=""
        chips={
          <>
            <Chip tone={isRunning ? 'critical' : 'closed'} glyph={<Siren size={14} aria-hidden />}>
              {choiceText(text, 'state', state)}
            </Chip>
            <SyncMark isPending={record.pending} isConflict={record.conflicts.length > 0} />
          </>
        }
        actions={<MajorActions record={record} />}
      >
        <RecordTitle title={rowTitle(record)} />
      </RecordHeaderFrame>
      <Tabs
        label={text('major.tabs')}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: 'run', label: text('tab.run'), content: <RunTab record={record} /> },
          { id: 'timeline', label: text('tab.major-timeline'), content: <MajorTimeline record={record} /> },
          { id: 'review', label: text('tab.review'), content: <ReviewTab record={record} /> },
        ]}
      />
    </FieldPortsContext>
  );
}

function MajorActions({ record }: { readonly record: RecordView }): ReactNode {
  const text = useMajorText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const { id, values } = record;
  const open = (overlay: string): void => void dispatch(overlaySlice.actions.openedOverlay({ id: overlay, ids: [id] }));
  if (values['state'] === 'candidate')
    return (
      <>
        <Button variant="primary" icon={<Check size={15} />} onPress={() => open('major-accept')}>
          {text('command.major-accept')}
        </Button>
        <Button icon={<X size={15} />} onPress={() => open('major-reject')}>
          {text('command.major-reject')}
        </Button>
      </>
    );
  if (values['state'] !== 'accepted') return null;
  return values['phase'] === 'review' ? (
    <Button
      variant="primary"
      onPress={() => void runner.run('major-incident.end', { id }, { done: text('done.major-end') })}
    >
      {text('command.major-end')}
    </Button>
  ) : (
    <Button variant="primary" icon={<Check size={15} />} onPress={() => open('major-resolve')}>
      {text('command.major-resolve')}
    </Button>
  );
}

/** Why it is one, in which phase it is, who does what, and what is told when. */
function RunTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useMajorText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const { id, values, titles } = record;
  const isRunning = values['state'] === 'accepted';
  const lead = textValue(values, 'lead') || textValue(values, 'ticket');
  return (
    <RecordTab>
      {isRunning ? (
        <RecordGroup title={fieldText(text, 'major-incident', 'phase')}>
          <Segmented
            label={fieldText(text, 'major-incident', 'phase')}
            segments={majorPhases.map((phase) => ({ id: phase, label: choiceText(text, 'phase', phase) }))}
            value={majorPhases.find((phase) => phase === values['phase']) ?? 'identification'}
            onChange={(phase) =>
              void runner.run('major-incident.advance', { id, phase }, { done: text('done.major-advance') })
            }
          />
        </RecordGroup>
      ) : null}
      <RecordGroup title={fieldText(text, 'major-incident', 'lead')} isTight>
        <LinkedRow onOpen={() => dispatch(navigationSlice.actions.openedTicket(lead))}>
          <bdi className="one-line">{titles['lead'] || titles['ticket'] || text('value.missing')}</bdi>
        </LinkedRow>
      </RecordGroup>
      {isRunning ? <CommunicationPlan record={record} /> : null}
      <RecordGroup title={text('major.roles')}>
        {['incidentManager', 'communicationsLead', 'technicalLead', 'resolver'].map((field) => (
          <RecordField key={field} field={field} />
        ))}
      </RecordGroup>
      <RecordGroup title={text('major.proposal')}>
        <RecordField field="reason" />
        <RecordField field="businessImpact" />
        {textValue(values, 'decision') === '' ? null : (
          <p className="user-text">
            {fieldText(text, 'major-incident', 'decision')}: {textValue(values, 'decision')}
          </p>
        )}
      </RecordGroup>
    </RecordTab>
  );
}

/** What was done with it and on the incident that leads, in one line of time. */
function MajorTimeline({ record }: { readonly record: RecordView }): ReactNode {
  const text = useMajorText();
  const lead = textValue(record.values, 'lead') || textValue(record.values, 'ticket');
  const { result: own } = useWatch({ type: 'timeline', id: record.id });
  const { result: ofLead } = useWatch({ type: 'timeline', id: lead });
  // One operation may write to both: it is told once.
  const entries = useMemo(() => {
    const seen = new Set((own ?? []).map(({ dot }) => dot));
    return [...(own ?? []), ...(ofLead ?? []).filter(({ dot }) => !seen.has(dot))].sort(
      (left, right) => left.at - right.at,
    );
  }, [own, ofLead]);
  return <Timeline entity="major-incident" entries={entries} describe={() => text('did.major')} />;
}
