import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { reviewAction } from '../../../shared/domain/major-incident/major-incident.ts';
import type { RecordView } from '../../data/data-api.ts';
import { useWatch } from '../../services/use-watch.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useDeskContext } from '../../widgets/desk.ts';
import { RecordField } from '../../widgets/record-field.tsx';
import { RecordGroup, RecordTab } from '../../widgets/record-frame.tsx';
import { rowTitle } from '../../widgets/row-title.ts';
import { useMajorText } from './major-text.ts';

const shownAtMost = 100;

/** The post-incident review: what happened, why, and what is to be done. */
export function ReviewTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useMajorText();
  return (
    <RecordTab>
      <RecordGroup title={text('tab.review')}>
        {['whatHappened', 'cause', 'wentWell', 'toImprove'].map((field) => (
          <RecordField key={field} field={field} />
        ))}
      </RecordGroup>
      <RecordGroup title={text('major.actions')}>
        <ReviewActions id={record.id} />
      </RecordGroup>
    </RecordTab>
  );
}

function ReviewActions({ id }: { readonly id: string }): ReactNode {
  const text = useMajorText();
  const { runner } = useDeskContext();
  const [typed, setTyped] = useState('');
  const { result } = useWatch({
    type: 'list',
    entity: 'review-action',
    where: [{ field: 'majorIncident', op: 'in', values: [id] }],
    search: '',
    sort: [{ field: 'title', direction: 'ascending' }],
    offset: 0,
    limit: shownAtMost,
  });
  const add = async (event: KeyboardEvent): Promise<void> => {
    if (event.key !== 'Enter' || typed.trim() === '') return;
    event.preventDefault();
    event.stopPropagation();
    const input = { entity: 'review-action', fields: { majorIncident: id, title: typed } };
    const outcome = await runner.run('record.create', input, { done: text('done.review-action') });
    if (outcome.ok) setTyped('');
  };
  return (
    <>
      {(result?.rows ?? []).map((row) => (
        <Checkbox
          key={row.id}
          label={rowTitle(row)}
          isSelected={row.values['done'] === true}
          onChange={(done) =>
            void runner.run(
              'record.edit',
              { entity: 'review-action', id: row.id, fields: { done } },
              { done: text('done.review-action') },
            )
          }
        />
      ))}
      <TextField
        label={text('major.new-action')}
        value={typed}
        onChange={setTyped}
        onKeyDown={(event) => void add(event)}
        maxLength={reviewAction.fields.title.maxLength}
      />
    </>
  );
}
