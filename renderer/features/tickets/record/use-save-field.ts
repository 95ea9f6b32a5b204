import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { translate } from '../../../services/text.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTicketText } from '../ticket-text.ts';

/** Saves one field of one ticket: a write of that field only, never of the record. True when it was saved. */
export function useSaveField(id: string): (field: string, value: FieldValue) => Promise<boolean> {
  const { runner } = useDeskContext();
  const text = useTicketText();
  const intl = useIntl();
  return useCallback(
    async (field, value) => {
      const done = translate(intl, 'done.field', { field: fieldText(text, 'ticket', field) });
      const isAssignment = field === 'queue' || field === 'assignee';
      const outcome = await (isAssignment
        ? runner.run('ticket.assign', { id, [field]: value }, { done })
        : runner.run('ticket.edit', { id, fields: { [field]: value } }, { done }));
      return outcome.ok || outcome.failure.kind === 'nothing-to-change';
    },
    [runner, id, text, intl],
  );
}
