import type { ReactNode } from 'react';
import type { Row } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FieldPortsContext, RecordField, type FieldPorts } from '../../../widgets/record-field.tsx';
import { RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { rowTitle } from '../../../widgets/row-title.ts';
import { useChangeText } from '../change-text.ts';

const mostSteps = 50;

/** Whom the organisation asks to approve, and how many must agree (CHG-5). */
export function ApprovalStepsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useChangeText();
  const { result } = useWatch({
    type: 'list',
    entity: 'approval-step',
    where: [{ field: 'active', op: 'not-in', values: ['false'] }],
    search: '',
    sort: [
      { field: 'purpose', direction: 'descending' },
      { field: 'stage', direction: 'ascending' },
      { field: 'order', direction: 'ascending' },
    ],
    offset: 0,
    limit: mostSteps,
  });
  return (
    <Dialog title={text('command.approval-steps')} closeLabel={text('action.close')} onClose={onClose} width="wide">
      <p>{text('steps.hint')}</p>
      {(result?.rows ?? []).map((row) => (
        <Step key={row.id} row={row} />
      ))}
    </Dialog>
  );
}

function Step({ row }: { readonly row: Row }): ReactNode {
  const text = useChangeText();
  const { runner } = useDeskContext();
  const { result: record } = useWatch({ type: 'record', id: row.id });
  if (!record) return null;
  const ports: FieldPorts = {
    record,
    save: async (field, value) => {
      const outcome = await runner.run(
        'record.edit',
        { entity: 'approval-step', id: row.id, fields: { [field]: value } },
        { done: text('done.step') },
      );
      return outcome.ok || outcome.failure.kind === 'nothing-to-change';
    },
  };
  return (
    <FieldPortsContext value={ports}>
      <RecordTab>
        <RecordGroup title={rowTitle(row)}>
          <RecordField field="need" />
          <RecordField field="people" />
          <RecordField field="asksQueue" />
        </RecordGroup>
      </RecordTab>
    </FieldPortsContext>
  );
}
