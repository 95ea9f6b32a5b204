import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { allowedMoves } from '../../../../shared/domain/ticket/ticket-lifecycle.ts';
import { isFinished } from '../../../../shared/domain/ticket/ticket-values.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useServices } from '../../../services/services.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Menu, type MenuEntry } from '../../../ui/menu.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTicketText } from '../ticket-text.ts';
import { elementsOf } from '../ticket-values.ts';
import { assignToMe, openOverlay, startMove, toggleWatching } from '../ticket-actions.ts';

const moveKeys: Readonly<Record<string, string>> = { hold: 'h' };

/** Everything else that can be done with the ticket now; what its state does not allow is not there. */
export function MoreActions({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const desk = useDeskContext();
  const { actor } = useServices();
  const { id, values } = record;
  const isWatching = elementsOf(values, 'watchers').includes(actor.id);
  const moves: readonly MenuEntry[] = allowedMoves(values)
    .filter(({ move }) => move !== 'resolve')
    .map(({ move, blocked }) => ({
      id: `move:${move}`,
      label: text(`command.${move}`),
      keys: moveKeys[move],
      isDisabled: blocked !== null,
      isDanger: move === 'cancel',
    }));
  return (
    <Menu
      label={text('action.more')}
      trigger={<IconButton label={text('action.more')} icon={<Ellipsis size={16} />} />}
      groups={[
        { id: 'moves', entries: moves },
        {
          id: 'people',
          entries: [
            ...(isFinished(values) ? [] : [{ id: 'assign-to-me', label: text('command.assign-to-me'), keys: 'i' }]),
            { id: 'watch', label: text(isWatching ? 'command.unwatch' : 'command.watch'), keys: 'w' },
          ],
        },
        {
          id: 'relations',
          entries: [
            { id: 'ticket-tag', label: text('command.tag'), keys: 't' },
            { id: 'ticket-link', label: text('command.link') },
          ],
        },
      ]}
      onAction={(chosen) => {
        if (chosen.startsWith('move:')) startMove(desk, chosen.slice('move:'.length), [id]);
        else if (chosen === 'assign-to-me') void assignToMe(desk, [id]);
        else if (chosen === 'watch') void toggleWatching(desk, id, isWatching);
        else openOverlay(desk, chosen, [id]);
      }}
    />
  );
}
