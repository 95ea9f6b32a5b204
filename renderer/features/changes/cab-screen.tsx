import { Plus, Presentation } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { RecordView } from '../../data/data-api.ts';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { choiceText } from '../../widgets/choice-text.ts';
import { minuteInstant } from '../../widgets/date-text.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { FormDialog } from '../../widgets/form-dialog.tsx';
import { useTimeText } from '../../widgets/moment.tsx';
import { FieldPortsContext, RecordField, type FieldPorts } from '../../widgets/record-field.tsx';
import { LinkedRow, RecordGroup, RecordTab } from '../../widgets/record-frame.tsx';
import { referenceOf, rowTitle } from '../../widgets/row-title.ts';
import { ScreenBody, ScreenFrame } from '../../widgets/screen-frame.tsx';
import { changesScreen } from './change-list.ts';
import { useChangeText } from './change-text.ts';
import { readPhase } from './phase-chip.tsx';

const meetingsShown = 20;

/** Meetings of the change advisory board: agenda, attendees, minutes. */
export function CabScreen(): ReactNode {
  const text = useChangeText();
  const dispatch = useDeskDispatch();
  const { result } = useWatch({
    type: 'list',
    entity: 'cab-meeting',
    where: [{ field: 'active', op: 'not-in', values: ['false'] }],
    search: '',
    sort: [{ field: 'startsAt', direction: 'descending' }],
    offset: 0,
    limit: meetingsShown,
  });
  const create = (): void => void dispatch(overlaySlice.actions.openedOverlay({ id: 'cab-meeting' }));
  return (
    <ScreenFrame
      title={text('cab.title')}
      actions={
        <Button variant="primary" icon={<Plus size={15} />} onPress={create}>
          {text('cab.new')}
        </Button>
      }
    >
      {result?.total === 0 ? (
        <EmptyState
          glyph={<Presentation size={22} />}
          title={text('cab.none')}
          action={<Button onPress={create}>{text('cab.new')}</Button>}
        >
          {text('cab.none-hint')}
        </EmptyState>
      ) : (
        <ScreenBody>
          {(result?.rows ?? []).map(({ id }) => (
            <Meeting key={id} id={id} />
          ))}
        </ScreenBody>
      )}
    </ScreenFrame>
  );
}

function Meeting({ id }: { readonly id: string }): ReactNode {
  const { result: record } = useWatch({ type: 'record', id });
  return record ? <MeetingRecord record={record} /> : null;
}

function MeetingRecord({ record }: { readonly record: RecordView }): ReactNode {
  const text = useChangeText();
  const { exact } = useTimeText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const { result: agenda } = useWatch({
    type: 'list',
    entity: 'change',
    where: [{ field: 'cabMeeting', op: 'in', values: [record.id] }],
    search: '',
    sort: [{ field: 'plannedStart', direction: 'ascending' }],
    offset: 0,
    limit: 100,
  });
  const ports: FieldPorts = {
    record,
    save: async (field, value) => {
      const outcome = await runner.run(
        'record.edit',
        { entity: 'cab-meeting', id: record.id, fields: { [field]: value } },
        { done: text('done.meeting') },
      );
      return outcome.ok || outcome.failure.kind === 'nothing-to-change';
    },
  };
  return (
    <FieldPortsContext value={ports}>
      <RecordTab>
        <RecordGroup title={`${rowTitle(record)}, ${exact(Number(record.values['startsAt']))}`}>
          <h3>{text('cab.agenda')}</h3>
          {agenda?.total === 0 ? <p>{text('cab.no-agenda')}</p> : null}
          {(agenda?.rows ?? []).map((row) => (
            <LinkedRow
              key={row.id}
              onOpen={() =>
                dispatch(navigationSlice.actions.wentTo({ screen: changesScreen, view: 'all', record: row.id }))
              }
            >
              <bdi className="mono">{referenceOf(row.values)}</bdi> <bdi className="one-line">{rowTitle(row)}</bdi>
              <span>{choiceText(text, 'phase', readPhase(row.values['phase']))}</span>
            </LinkedRow>
          ))}
          <RecordField field="place" />
          <RecordField field="attendees" />
          <RecordField field="minutes" />
        </RecordGroup>
      </RecordTab>
    </FieldPortsContext>
  );
}

/** A new meeting of the board. */
export function NewMeetingDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useChangeText();
  const { info } = useServices();
  const { runner } = useDeskContext();
  const [name, setName] = useState(text('cab.usual-name'));
  const [startsAt, setStart] = useState('');
  const submit = () =>
    runner.run(
      'record.create',
      { entity: 'cab-meeting', fields: { name, startsAt: minuteInstant(startsAt) } },
      { done: text('done.meeting'), showsRefusal: true },
    );
  return (
    <FormDialog title={text('cab.new')} submit={submit} onClose={onClose} width="normal">
      <TextField label={text('window.name')} value={name} onChange={setName} maxLength={200} isRequired />
      <TextField
        type="datetime-local"
        label={text('window.start')}
        description={info.timeZone}
        value={startsAt}
        onChange={setStart}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
