import type { ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { FieldPortsContext, RecordField } from '../../../widgets/record-field.tsx';
import { RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { useProblemText } from '../problem-text.ts';
import { useProblemPorts } from './use-problem-ports.ts';
import styles from './field-grid.module.css';

/** What the problem concerns and who has it. */
export function ProblemDetailsTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useProblemText();
  const ports = useProblemPorts(record);
  return (
    <FieldPortsContext value={ports}>
      <RecordTab isWide>
        <RecordGroup title={text('problem.group.statement')}>
          <RecordField field="title" />
          <RecordField field="description" />
        </RecordGroup>
        <FieldGrid
          title={text('problem.group.classification')}
          fields={['service', 'asset', 'site', 'category', 'impact', 'urgency']}
        />
        <FieldGrid title={text('problem.group.assignment')} fields={['queue', 'assignee']} />
      </RecordTab>
    </FieldPortsContext>
  );
}

export function FieldGrid({
  title,
  fields,
}: {
  readonly title: string;
  readonly fields: readonly string[];
}): ReactNode {
  return (
    <RecordGroup title={title}>
      <div className={classNames(styles, 'grid')}>
        {fields.map((field) => (
          <RecordField key={field} field={field} />
        ))}
      </div>
    </RecordGroup>
  );
}
