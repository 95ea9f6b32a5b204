import { useState, type ReactNode } from 'react';
import { priorityOf } from '../../../../shared/domain/ticket/priority.ts';
import { levels, type Priority } from '../../../../shared/domain/ticket/ticket.ts';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Select } from '../../../ui/select.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { PriorityGlyph, priorityTones } from '../../../widgets/priority-glyph.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { runOnTickets, useTargets } from '../ticket-actions.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { useTicketText } from '../ticket-text.ts';
import type { OverlayProps } from './move-dialogs.tsx';
import { usePriorityMatrix } from './use-priority-matrix.ts';
import { useTargetRecord } from './use-target-record.ts';
import styles from './ticket-dialog.module.css';

/** PRI-1: people say impact and urgency, the matrix of the space says the priority. Starts from what the ticket has. */
export function PriorityDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const ids = useTargets(overlay);
  const record = useTargetRecord(ids);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const valueOf = (field: 'impact' | 'urgency'): string =>
    chosen[field] ?? (record === null ? '' : textValue(record.values, field));
  const impact = valueOf('impact');
  const urgency = valueOf('urgency');
  // For many tickets, what was not chosen stays as each of them has it.
  const fields = Object.fromEntries(Object.entries({ impact, urgency }).filter(([, value]) => value !== ''));
  const select = (field: 'impact' | 'urgency', isFirst: boolean): ReactNode => (
    <Select
      label={fieldText(text, 'ticket', field)}
      choices={levels.map((id) => ({ id, label: choiceText(text, field, id) }))}
      value={valueOf(field) || null}
      onChange={(value) => setChosen({ ...chosen, [field]: value })}
      placeholder={text('dialog.as-it-is')}
      autoFocus={isFirst}
    />
  );
  return (
    <FormDialog
      width="normal"
      title={text('dialog.priority')}
      submitLabel={text('action.save')}
      submit={() =>
        runOnTickets(desk, ids, 'ticket.edit', { fields }, { done: text('done.priority'), showsRefusal: true })
      }
      onClose={onClose}
    >
      <div className={classNames(styles, 'pair')}>
        {select('impact', true)}
        {select('urgency', false)}
      </div>
      {impact !== '' && urgency !== '' ? <ResultingPriority impact={impact} urgency={urgency} /> : null}
    </FormDialog>
  );
}

/** The priority two levels give in this space. */
export function ResultingPriority({
  impact,
  urgency,
}: {
  readonly impact: string;
  readonly urgency: string;
}): ReactNode {
  const text = useTicketText();
  const priority = priorityOf(usePriorityMatrix().matrix, impact, urgency);
  return (
    <p className={classNames(styles, 'result')}>
      {text('dialog.priority-result')} <PriorityChip priority={priority} />
    </p>
  );
}

function PriorityChip({ priority }: { readonly priority: Priority }): ReactNode {
  const text = useTicketText();
  return (
    <Chip tone={priorityTones[priority]} glyph={<PriorityGlyph priority={priority} />}>
      {choiceText(text, 'priority', priority)}
    </Chip>
  );
}
