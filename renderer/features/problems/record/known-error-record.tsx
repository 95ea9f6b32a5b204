import type { ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { FieldPortsContext, RecordField } from '../../../widgets/record-field.tsx';
import { LinkedRow, RecordGroup, RecordHeaderFrame, RecordTab, RecordTitle } from '../../../widgets/record-frame.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { problemsScreen } from '../problem-lists.ts';
import { useProblemText } from '../problem-text.ts';
import { FieldGrid } from './problem-details-tab.tsx';
import { useProblemPorts } from './use-problem-ports.ts';
import styles from './field-grid.module.css';

/** A known error as an article: how to recognise it, how to get round it, what it touches. */
export function KnownErrorRecord({
  record,
  isPage,
}: {
  readonly record: RecordView;
  readonly isPage: boolean;
}): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const ports = useProblemPorts(record);
  const { values, titles } = record;
  const problem = textValue(values, 'problem');
  const status = textValue(values, 'status') || 'draft';
  return (
    <FieldPortsContext value={ports}>
      <RecordHeaderFrame
        isPage={isPage}
        reference={referenceOf(values)}
        chips={
          <>
            <Chip tone={status === 'published' ? 'resolved' : 'closed'}>{choiceText(text, 'status', status)}</Chip>
            <SyncMark isPending={record.pending} isConflict={record.conflicts.length > 0} />
          </>
        }
      >
        <RecordTitle title={rowTitle(record)} />
      </RecordHeaderFrame>
      <div className={classNames(styles, 'scroll')}>
        <RecordTab key={record.id}>
          <RecordGroup title={text('known-error.group.help')}>
            <RecordField field="symptom" />
            <RecordField field="workaround" />
            <RecordField field="solution" />
            <RecordField field="cause" />
          </RecordGroup>
          <FieldGrid title={text('known-error.group.article')} fields={['name', 'status', 'errorCode', 'domain']} />
          <FieldGrid
            title={text('known-error.group.touches')}
            fields={['assets', 'service', 'vendor', 'model', 'version']}
          />
          {problem === '' ? null : (
            <RecordGroup title={fieldText(text, 'known-error', 'problem')} isTight>
              <LinkedRow
                onOpen={() =>
                  dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: 'all', record: problem }))
                }
              >
                <bdi className="one-line">{titles['problem'] || text('value.missing')}</bdi>
              </LinkedRow>
            </RecordGroup>
          )}
        </RecordTab>
      </div>
    </FieldPortsContext>
  );
}
