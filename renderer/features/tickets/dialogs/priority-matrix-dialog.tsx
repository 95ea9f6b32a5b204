import { useState, type ReactNode } from 'react';
import {
  defaultPriorityMatrix,
  priorityMatrixSetting,
  type PriorityMatrix,
} from '../../../../shared/domain/ticket/priority.ts';
import { levels, priorities, type Level, type Priority } from '../../../../shared/domain/ticket/ticket.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Select } from '../../../ui/select.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { PriorityGlyph } from '../../../widgets/priority-glyph.tsx';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { useTicketText } from '../ticket-text.ts';
import type { OverlayProps } from './move-dialogs.tsx';
import styles from './priority-matrix-dialog.module.css';
import { usePriorityMatrix } from './use-priority-matrix.ts';

/** PRI-1: which priority impact and urgency give in this space. Tickets keep theirs until they are recalculated. */
export function PriorityMatrixDialog({ onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const { runner } = useDeskContext();
  const { matrix: stored, problem } = usePriorityMatrix();
  const [edited, setEdited] = useState<PriorityMatrix | null>(null);
  const matrix = edited ?? stored;
  const choose = (impact: Level, urgency: Level, priority: Priority): void =>
    setEdited({ ...matrix, [impact]: { ...matrix[impact], [urgency]: priority } });
  const isDefault = JSON.stringify(matrix) === JSON.stringify(defaultPriorityMatrix);
  return (
    <FormDialog
      title={text('dialog.matrix')}
      submitLabel={text('action.save')}
      submit={() =>
        runner.run(
          'setting.set',
          { name: priorityMatrixSetting, value: isDefault ? null : matrix },
          { done: text('done.matrix'), showsRefusal: true },
        )
      }
      onClose={onClose}
    >
      <p className={classNames(styles, 'hint')}>{text('dialog.matrix-hint')}</p>
      {problem === null ? null : <Banner tone="warning">{text('dialog.matrix-problem')}</Banner>}
      <table className={classNames(styles, 'matrix')}>
        <thead>
          <tr>
            <th scope="col">
              {fieldText(text, 'ticket', 'impact')} / {fieldText(text, 'ticket', 'urgency')}
            </th>
            {levels.map((urgency) => (
              <th key={urgency} scope="col">
                {choiceText(text, 'urgency', urgency)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {levels.map((impact) => (
            <tr key={impact}>
              <th scope="row">{choiceText(text, 'impact', impact)}</th>
              {levels.map((urgency) => (
                <td key={urgency}>
                  <Select
                    label={`${levelName(text, 'impact', impact)}, ${levelName(text, 'urgency', urgency)}`}
                    labelHidden
                    choices={priorities.map((id) => ({
                      id,
                      label: choiceText(text, 'priority', id),
                      glyph: <PriorityGlyph priority={id} />,
                    }))}
                    value={matrix[impact][urgency]}
                    onChange={(id) => {
                      const priority = priorities.find((known) => known === id);
                      if (priority !== undefined) choose(impact, urgency, priority);
                    }}
                    placeholder=""
                    autoFocus={impact === levels[0] && urgency === levels[0]}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <Button isDisabled={isDefault} onPress={() => setEdited(defaultPriorityMatrix)}>
          {text('dialog.matrix-default')}
        </Button>
      </div>
    </FormDialog>
  );
}

function levelName(text: ReturnType<typeof useTicketText>, field: 'impact' | 'urgency', level: Level): string {
  return `${fieldText(text, 'ticket', field)}: ${choiceText(text, field, level)}`;
}
