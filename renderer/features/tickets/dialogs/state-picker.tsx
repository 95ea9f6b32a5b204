import { useState, type ReactNode } from 'react';
import { allowedMoves } from '../../../../shared/domain/ticket/ticket-lifecycle.ts';
import { ticketStates, type TicketState } from '../../../../shared/domain/ticket/ticket.ts';
import { PickList, type PickEntry } from '../../../ui/pick-list.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { refusalText } from '../../../widgets/refusal-text.ts';
import { referenceOf } from '../../../widgets/row-title.ts';
import { StateGlyph } from '../../../widgets/state-glyph.tsx';
import { openOverlay, runOnTickets, startMove, useTargets } from '../ticket-actions.ts';
import { useTicketText } from '../ticket-text.ts';
import type { OverlayProps } from './move-dialogs.tsx';
import { useTargetRecord } from './use-target-record.ts';

/** States that need a reason or a resolution have a dialog of their own. */
const dialogOfState: Readonly<Partial<Record<TicketState, string>>> = {
  'on-hold': 'ticket-hold',
  resolved: 'ticket-resolve',
  canceled: 'ticket-cancel',
};

/** Where one ticket can go from its state; for many, every state: those that cannot follow are told and stay. */
export function StatePicker({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const ids = useTargets(overlay);
  const record = useTargetRecord(ids);
  const [typed, setTyped] = useState('');
  const label =
    record === null
      ? text('dialog.state-many', { count: ids.length })
      : text('dialog.state-of', { reference: referenceOf(record.values) });

  const moves: readonly PickEntry[] =
    record === null
      ? []
      : allowedMoves(record.values).map(({ move, to, blocked }) => ({
          id: `move:${move}`,
          label: text(`command.${move}`),
          detail: blocked === null ? choiceText(text, 'state', to) : refusalText(blocked, desk.translate),
          glyph: <StateGlyph state={to} />,
        }));
  const states: readonly PickEntry[] = ticketStates.map((state) => ({
    id: `state:${state}`,
    label: choiceText(text, 'state', state),
    glyph: <StateGlyph state={state} />,
  }));
  const words = typed.trim().toLocaleLowerCase();
  const offered = (ids.length > 1 ? states : moves).filter((entry) =>
    `${entry.label} ${entry.detail ?? ''}`.toLocaleLowerCase().includes(words),
  );

  const pick = (id: string): void => {
    onClose();
    if (id.startsWith('move:')) return startMove(desk, id.slice('move:'.length), ids);
    const state = ticketStates.find((each) => `state:${each}` === id);
    if (state === undefined) return;
    const dialog = dialogOfState[state];
    if (dialog !== undefined) return openOverlay(desk, dialog, ids);
    void runOnTickets(desk, ids, 'ticket.change-state', { state }, { done: text('done.state') });
  };
  return (
    <PickList
      label={label}
      placeholder={label}
      text={typed}
      onText={setTyped}
      groups={[{ id: 'moves', entries: offered }]}
      emptyText={text(words === '' && record !== null ? 'dialog.state-final' : 'picker.empty')}
      onPick={pick}
      onClose={onClose}
    />
  );
}
