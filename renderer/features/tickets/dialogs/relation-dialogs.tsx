import { useState } from 'react';
import type { ReactNode } from 'react';
import { succeed } from '../../../../shared/result.ts';
import { useServices } from '../../../services/services.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { savedViewsSlice } from '../../../store/saved-views-slice.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { runOnTickets, useTargets } from '../ticket-actions.ts';
import { currentTicketList } from '../ticket-list.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { useTicketText } from '../ticket-text.ts';
import type { OverlayProps, Picked } from './move-dialogs.tsx';

export function TagDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const ids = useTargets(overlay);
  const [tag, setTag] = useState('');
  return (
    <FormDialog
      width="normal"
      title={text('dialog.tag')}
      submitLabel={text('action.save')}
      submit={() => runOnTickets(desk, ids, 'ticket.tag', { tag }, { done: text('done.tag'), showsRefusal: true })}
      onClose={onClose}
    >
      <TextField label={text('field.ticket.tags')} value={tag} onChange={setTag} maxLength={50} autoFocus />
    </FormDialog>
  );
}

export function LinkDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const ids = useTargets(overlay);
  const [other, setOther] = useState<Picked | null>(null);
  return (
    <FormDialog
      width="normal"
      title={text('dialog.link')}
      submitLabel={text('action.save')}
      submit={() =>
        runOnTickets(
          desk,
          ids,
          'ticket.link',
          { other: other?.id ?? '' },
          { done: text('done.link'), showsRefusal: true },
        )
      }
      onClose={onClose}
    >
      <RecordCombo
        label={text('entity.ticket')}
        entity="ticket"
        value={other}
        onChange={(id, title) => setOther(id === null ? null : { id, title })}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}

export function WatcherDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const ids = useTargets(overlay);
  const [person, setPerson] = useState<Picked | null>(null);
  return (
    <FormDialog
      width="normal"
      title={text('dialog.watcher')}
      submitLabel={text('action.save')}
      submit={() =>
        runOnTickets(
          desk,
          ids,
          'ticket.watch',
          { person: person?.id ?? '' },
          { done: text('done.watcher'), showsRefusal: true },
        )
      }
      onClose={onClose}
    >
      <RecordCombo
        label={text('entity.person')}
        entity="person"
        value={person}
        onChange={(id, title) => setPerson(id === null ? null : { id, title })}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}

/** Gives the filter and order on screen a name, kept on this device. */
export function SaveViewDialog({ onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const { actor } = useServices();
  const dispatch = useDeskDispatch();
  const [name, setName] = useState('');
  const save = () => {
    const { where, sort, search } = currentTicketList(desk.getState(), actor.id);
    if (name.trim() !== '')
      dispatch(
        savedViewsSlice.actions.savedView({
          id: crypto.randomUUID(),
          screen: 'tickets',
          name: name.trim(),
          where,
          sort,
          ...(search === '' ? {} : { search }),
        }),
      );
    return Promise.resolve(succeed({ dots: [], ids: [] }));
  };
  return (
    <FormDialog
      width="normal"
      title={text('dialog.save-view')}
      submitLabel={text('action.save')}
      submit={save}
      onClose={onClose}
    >
      <TextField label={text('dialog.view-name')} value={name} onChange={setName} maxLength={80} autoFocus />
    </FormDialog>
  );
}
