import { Stamp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useTimeText } from '../../../widgets/moment.tsx';
import { RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { useChangeText } from '../change-text.ts';
import type { ChangeTabProps } from './plan-tab.tsx';

const tones = { approved: 'resolved', rejected: 'critical', waiting: 'moderate', unstaffed: 'critical' } as const;

/** Who is asked, what they said, and why it waits: not asked yet, not answered, or answered for an older plan. */
export function ApprovalsTab({ record, view }: ChangeTabProps): ReactNode {
  const text = useChangeText();
  const { exact } = useTimeText();
  const { actor } = useServices();
  const dispatch = useDeskDispatch();
  const nameOf = (id: string): string => view.people[id] || text('value.missing');
  if (view.verdicts.length === 0)
    return (
      <EmptyState glyph={<Stamp size={20} />} title={text('approval.none')}>
        {text(record.values['type'] === 'standard' ? 'approval.none-standard' : 'approval.none-hint')}
      </EmptyState>
    );
  const isAsked = view.verdicts.some(
    ({ isOpen, pending, step }) => isOpen && step.stage === view.phase && pending.includes(actor.id),
  );
  return (
    <RecordTab>
      {isAsked ? (
        <div>
          <Button
            variant="primary"
            icon={<Stamp size={14} />}
            keys="a"
            onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'change-decide', ids: [record.id] }))}
          >
            {text('command.change-decide')}
          </Button>
        </div>
      ) : null}
      {view.verdicts.map(({ step, result, isOpen, needed, counted, stale, pending }) => (
        <RecordGroup key={step.id} title={`${choiceText(text, 'phase', step.stage)}: ${step.name}`} isTight>
          <p>
            <Chip tone={tones[result]}>
              {text(isOpen || result !== 'waiting' ? `approval.${result}` : 'approval.not-yet')}
            </Chip>{' '}
            {text('approval.needed', { needed: Math.max(1, needed), people: step.people.length })}
          </p>
          <ul>
            {counted.map(({ id, approver, decidedBy, answer, comment, decidedAt }) => (
              <li key={id}>
                <bdi>{nameOf(approver)}</bdi>: {choiceText(text, 'answer', answer)}, {exact(decidedAt)}
                {decidedBy === approver ? null : ` (${text('approval.by', { name: nameOf(decidedBy) })})`}
                {comment === '' ? null : <bdi> – {comment}</bdi>}
              </li>
            ))}
            {stale.map(({ id, approver, decidedAt }) => (
              <li key={id}>
                <bdi>{nameOf(approver)}</bdi>: {text('approval.stale', { when: exact(decidedAt) })}
              </li>
            ))}
            {pending
              .filter((person) => !stale.some(({ approver }) => approver === person))
              .map((person) => (
                <li key={person}>
                  <bdi>{nameOf(person)}</bdi>: {text(isOpen ? 'approval.pending' : 'approval.not-asked')}
                </li>
              ))}
          </ul>
        </RecordGroup>
      ))}
    </RecordTab>
  );
}
