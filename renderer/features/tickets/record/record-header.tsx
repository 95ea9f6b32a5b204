import { Check, UserRoundPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { allowedMoves } from '../../../../shared/domain/ticket/ticket-lifecycle.ts';
import { isFinished } from '../../../../shared/domain/ticket/ticket-values.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { ChipButton } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { choiceText } from '../../../widgets/choice-text.ts';
import { DueChip } from '../../../widgets/due-mark.tsx';
import { Moment } from '../../../widgets/moment.tsx';
import { PriorityGlyph, priorityTones } from '../../../widgets/priority-glyph.tsx';
import { RecordHeaderFrame } from '../../../widgets/record-frame.tsx';
import { referenceOf, textValue } from '../../../widgets/row-title.ts';
import { StateGlyph, stateTones } from '../../../widgets/state-glyph.tsx';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { useTicketText } from '../ticket-text.ts';
import { drawnPriority, drawnState } from '../ticket-values.ts';
import { MoreActions } from './more-actions.tsx';
import { TitleInPlace } from './title-in-place.tsx';
import { useSaveField } from './use-save-field.ts';
import styles from './record-header.module.css';

export function RecordHeader({ record, isPage }: { readonly record: RecordView; readonly isPage: boolean }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const save = useSaveField(record.id);
  const { id, values, titles } = record;
  const reference = referenceOf(values);
  const state = drawnState(values);
  const priority = drawnPriority(values);
  const finished = isFinished(values);
  const canResolve = allowedMoves(values).some(({ move }) => move === 'resolve');
  const open = (overlay: string): void => {
    dispatch(overlaySlice.actions.openedOverlay({ id: overlay, ids: [id] }));
  };
  const stateName = choiceText(text, 'state', textValue(values, 'state') || 'new');
  const reason =
    state === 'on-hold' && textValue(values, 'onHoldReason') !== ''
      ? choiceText(text, 'onHoldReason', textValue(values, 'onHoldReason'))
      : null;
  const priorityName = choiceText(text, 'priority', priority);

  return (
    <RecordHeaderFrame
      isPage={isPage}
      reference={reference}
      copyKeys="Mod+Shift+c"
      chips={
        <>
          <ChipButton
            tone={stateTones[state]}
            glyph={<StateGlyph state={state} />}
            label={text('record.change-state', { state: stateName })}
            onPress={() => open('ticket-state')}
          >
            {reason === null ? stateName : text('record.waiting-for', { state: stateName, reason })}
          </ChipButton>
          <ChipButton
            tone={priorityTones[priority]}
            glyph={<PriorityGlyph priority={priority} />}
            label={text('record.change-priority', { priority: priorityName })}
            onPress={() => open('ticket-priority')}
          >
            {priorityName}
          </ChipButton>
          <DueChip values={record.values} onPress={() => open('ticket-targets')} />
          <SyncMark isPending={record.pending} isConflict={record.conflicts.length > 0} />
        </>
      }
      actions={
        <>
          {finished ? null : (
            <Button icon={<UserRoundPlus size={15} />} onPress={() => open('ticket-assign')}>
              {text('command.assign')}
            </Button>
          )}
          {canResolve ? (
            <Button variant="primary" icon={<Check size={15} />} onPress={() => open('ticket-resolve')}>
              {text('command.resolve')}
            </Button>
          ) : null}
          <MoreActions record={record} />
        </>
      }
    >
      <TitleInPlace key={id} id={id} title={textValue(values, 'title')} isDisabled={finished} save={save} />
      <p className={classNames(styles, 'meta')}>
        <span>
          {text('record.opened')}{' '}
          <Moment at={typeof values['openedAt'] === 'number' ? values['openedAt'] : record.createdAt} />
          {titles['openedBy'] === undefined ? null : (
            <>
              {' '}
              {text('record.by')} <bdi>{titles['openedBy']}</bdi>
            </>
          )}
        </span>
        <span>
          {text('record.updated')} <Moment at={record.updatedAt} />
        </span>
        <span>
          {text('field.ticket.assignee')}: <bdi>{titles['assignee'] ?? text('value.nobody')}</bdi>
        </span>
        <span>{text(record.pending ? 'record.saved-waiting' : 'mark.saved')}</span>
      </p>
    </RecordHeaderFrame>
  );
}
