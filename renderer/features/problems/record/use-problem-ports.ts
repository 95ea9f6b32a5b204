import { useMemo } from 'react';
import { isProblemClosed } from '../../../../shared/domain/problem/problem-lifecycle.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import type { FieldPorts } from '../../../widgets/record-field.tsx';
import { useProblemText } from '../problem-text.ts';

/** How the fields of a problem, or of a known error, are saved where they stand. */
export function useProblemPorts(record: RecordView): FieldPorts {
  const text = useProblemText();
  const { runner } = useDeskContext();
  return useMemo(() => {
    const { entity, id, values } = record;
    const isProblem = entity === 'problem';
    return {
      record,
      isDisabled: isProblem && isProblemClosed(values),
      save: async (field, value) => {
        const done = text('done.problem-field', { field: fieldText(text, entity, field) });
        const fields = { [field]: value };
        const outcome = isProblem
          ? await runner.run('problem.edit', { id, fields }, { done })
          : await runner.run('record.edit', { entity, id, fields }, { done });
        return outcome.ok || outcome.failure.kind === 'nothing-to-change';
      },
      whereOf: (field) => (field === 'assignee' ? [{ field: 'agent', op: 'in', values: ['true'] }] : []),
    };
  }, [record, runner, text]);
}
