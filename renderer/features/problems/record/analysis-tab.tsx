import { Megaphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { isProblemClosed } from '../../../../shared/domain/problem/problem-lifecycle.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { Moment } from '../../../widgets/moment.tsx';
import { FieldPortsContext, RecordField } from '../../../widgets/record-field.tsx';
import { RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { useProblemText } from '../problem-text.ts';
import { KnownErrorsOfProblem } from './known-errors-of-problem.tsx';
import { useProblemPorts } from './use-problem-ports.ts';
import { WhyList } from './why-list.tsx';

/** Why it happens, how to get round it, how it was mended. */
export function AnalysisTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const ports = useProblemPorts(record);
  const { id, values } = record;
  const told = values['workaroundToldAt'];
  return (
    <FieldPortsContext value={ports}>
      <RecordTab>
        <RecordGroup title={text('problem.whys')}>
          <WhyList problem={id} isDisabled={isProblemClosed(values)} />
          <RecordField field="cause" />
        </RecordGroup>
        <RecordGroup title={text('problem.group.workaround')}>
          <RecordField field="workaround" />
          {textValue(values, 'workaround') === '' ? null : (
            <div>
              <Button
                icon={<Megaphone size={14} />}
                keys="w"
                onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'problem-communicate', ids: [id] }))}
              >
                {text('command.problem-communicate')}
              </Button>{' '}
              {typeof told === 'number' ? (
                <span>
                  {fieldText(text, 'problem', 'workaroundToldAt')} <Moment at={told} />
                </span>
              ) : null}
            </div>
          )}
          <KnownErrorsOfProblem record={record} />
        </RecordGroup>
        <RecordGroup title={text('problem.group.outcome')}>
          <RecordField field="fixNotes" />
          {['riskReason', 'cancelReason'].map((field) =>
            textValue(values, field) === '' ? null : (
              <p key={field} className="user-text">
                {text('problem.said', { field: fieldText(text, 'problem', field), text: textValue(values, field) })}
              </p>
            ),
          )}
        </RecordGroup>
      </RecordTab>
    </FieldPortsContext>
  );
}
