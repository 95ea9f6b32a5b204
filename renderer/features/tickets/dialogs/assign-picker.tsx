import { UserRoundX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Condition, Row } from '../../../data/data-api.ts';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { PickList, type PickEntry } from '../../../ui/pick-list.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { referenceOf, rowDetail, rowTitle } from '../../../widgets/row-title.ts';
import { runOnTickets, useTargets } from '../ticket-actions.ts';
import { useTicketText } from '../ticket-text.ts';
import type { OverlayProps } from './move-dialogs.tsx';
import { useTargetRecord } from './use-target-record.ts';

const agents: readonly Condition[] = [{ field: 'agent', op: 'in', values: ['true'] }];
const shown = 8;

/** To a person or to a queue, found by typing: one Enter assigns. */
export function AssignPicker({ overlay, onClose }: OverlayProps): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const { actor } = useServices();
  const ids = useTargets(overlay);
  const record = useTargetRecord(ids);
  const [typed, setTyped] = useState('');
  const { result: people } = useWatch({ type: 'choices', entity: 'person', text: typed, where: agents, limit: shown });
  const { result: queues } = useWatch({ type: 'choices', entity: 'queue', text: typed, where: [], limit: shown });
  const label =
    record === null
      ? text('dialog.assign', { count: ids.length })
      : text('dialog.assign-of', { reference: referenceOf(record.values) });

  const person = (row: Row): PickEntry => ({
    id: `assignee:${row.id}`,
    label: rowTitle(row),
    detail: rowDetail(row),
    glyph: <Avatar name={rowTitle(row)} />,
  });
  const quick: readonly PickEntry[] = [
    { id: `assignee:${actor.id}`, label: text('command.assign-to-me'), glyph: <Avatar name={actor.name} />, keys: 'i' },
    { id: 'assignee:', label: text('dialog.unassign'), glyph: <UserRoundX size={16} /> },
  ];
  const pick = (id: string): void => {
    const [field, target = ''] = id.split(':', 2);
    const done = text(target === '' ? 'done.unassigned' : 'done.assigned');
    onClose();
    if (field === 'assignee' || field === 'queue') {
      void runOnTickets(desk, ids, 'ticket.assign', { [field]: target === '' ? null : target }, { done });
    }
  };
  return (
    <PickList
      label={label}
      placeholder={label}
      text={typed}
      onText={setTyped}
      groups={[
        { id: 'quick', entries: typed === '' ? quick : [] },
        { id: 'people', title: text('dialog.people'), entries: (people ?? []).map(person) },
        {
          id: 'queues',
          title: text('view.queues'),
          entries: (queues ?? []).map((row) => ({ id: `queue:${row.id}`, label: rowTitle(row) })),
        },
      ]}
      emptyText={text('picker.empty')}
      onPick={pick}
      onClose={onClose}
    />
  );
}
