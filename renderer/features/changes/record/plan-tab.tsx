import { CalendarSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { changeMachines } from '../../../../shared/domain/change-request/change-lifecycle.ts';
import { changeTypeOf } from '../../../../shared/domain/change-request/change-phase.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { ChangeView } from '../../../data/changes/changes-api.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FieldPortsContext, RecordField, type FieldPorts } from '../../../widgets/record-field.tsx';
import { RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { useChangeText } from '../change-text.ts';
import { MinuteField } from './minute-field.tsx';

const groups = [
  ['plan.what', ['title', 'type', 'description', 'reason', 'unauthorized']],
  ['plan.items', ['asset', 'service', 'outage', 'assets']],
  ['plan.people', ['requestedBy', 'queue', 'assignee', 'priority']],
  ['plan.how', ['implementationPlan', 'backoutPlan', 'testPlan']],
  ['plan.cab', ['cabMeeting', 'cabRecommendation']],
] as const;

export interface ChangeTabProps {
  readonly record: RecordView;
  readonly view: ChangeView;
}

/** Saves one field of a change; true when the field may forget what was typed. */
export function useSaveChange(id: string): (field: string, value: FieldValue) => Promise<boolean> {
  const text = useChangeText();
  const { runner } = useDeskContext();
  return async (field, value) => {
    const done = text('done.change-field', { field: fieldText(text, 'change', field) });
    const outcome = await runner.run('change.edit', { id, fields: { [field]: value } }, { done });
    return outcome.ok || outcome.failure.kind === 'nothing-to-change';
  };
}

/** What is to be done, when, to what, and by whom; each field saved by itself where it stands. */
export function PlanTab({ record, view }: ChangeTabProps): ReactNode {
  const text = useChangeText();
  const dispatch = useDeskDispatch();
  const save = useSaveChange(record.id);
  const type = changeTypeOf(record.values);
  const ports: FieldPorts = {
    record,
    save,
    choicesOf: (field) => (field === 'type' ? [type, ...changeMachines[type].typeMayBecome] : undefined),
    isDisabled: view.phase === 'closed' || view.phase === 'canceled',
  };
  const instant = (field: 'plannedStart' | 'plannedEnd'): ReactNode => {
    const value = record.values[field];
    return (
      <MinuteField
        label={fieldText(text, 'change', field)}
        value={typeof value === 'number' ? value : null}
        onSave={(at) => save(field, at)}
      />
    );
  };
  return (
    <FieldPortsContext value={ports}>
      <RecordTab isWide>
        <RecordGroup title={text('plan.when')}>
          {instant('plannedStart')}
          {instant('plannedEnd')}
          <div>
            <Button
              icon={<CalendarSearch size={14} />}
              keys="s"
              onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'change-slots', ids: [record.id] }))}
            >
              {text('command.change-slots')}
            </Button>
          </div>
        </RecordGroup>
        {groups.map(([title, fields]) => (
          <RecordGroup key={title} title={text(title)}>
            {fields.map((field) => (
              <RecordField key={field} field={field} />
            ))}
          </RecordGroup>
        ))}
      </RecordTab>
    </FieldPortsContext>
  );
}
