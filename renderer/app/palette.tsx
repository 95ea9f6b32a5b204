import { useState } from 'react';
import type { ReactNode } from 'react';
import { stateOf } from '../../shared/domain/ticket/ticket-values.ts';
import { useWatch } from '../services/use-watch.ts';
import { navigationSlice } from '../store/navigation-slice.ts';
import { overlaySlice } from '../store/overlay-slice.ts';
import { PickList } from '../ui/pick-list.tsx';
import { isAvailable, type AppCommand } from '../widgets/app-command.ts';
import { useDeskContext } from '../widgets/desk.ts';
import { referenceOf, rowTitle } from '../widgets/row-title.ts';
import { StateGlyph } from '../widgets/state-glyph.tsx';
import { useAppText } from './app-text.ts';
import { BeyondNote, beyondEntries, beyondPrefix, bringAndOpen } from './beyond-this-desk.tsx';
import { matchCommand } from './match-command.ts';
import { useEndpointSearch } from './use-endpoint-search.ts';

const shownTickets = 12;

/** Commands and tickets in one list: the best match first, among equals what was used lately. */
export function Palette({
  commands,
  onClose,
}: {
  readonly commands: readonly AppCommand[];
  readonly onClose: () => void;
}): ReactNode {
  const text = useAppText();
  const desk = useDeskContext();
  const [typed, setTyped] = useState('');
  const words = typed.trim();
  const { result } = useWatch(
    words === ''
      ? null
      : {
          type: 'list',
          entity: 'ticket',
          where: [],
          search: words,
          sort: [{ field: '$updatedAt', direction: 'descending' }],
          offset: 0,
          limit: shownTickets,
        },
  );
  const beyond = useEndpointSearch(words);
  const { recent } = desk.getState().overlay;
  const rank = (id: string): number => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const offered = commands
    .filter((command) => command.isHidden !== true && isAvailable(command, desk))
    .map((command) => ({ id: command.id, label: desk.translate(command.title), keys: command.keys[0] }))
    .map((entry) => ({ entry, match: matchCommand(entry.label, words) }))
    .filter(({ match }) => match > 0)
    .toSorted((left, right) => right.match - left.match || rank(left.entry.id) - rank(right.entry.id))
    .map(({ entry }) => entry);
  const tickets = (result?.rows ?? []).map((row) => ({
    id: `ticket:${row.id}`,
    label: rowTitle(row),
    detail: [referenceOf(row.values), row.titles['caller'] ?? ''].filter((part) => part !== '').join(' · '),
    glyph: <StateGlyph state={stateOf(row.values) ?? 'new'} />,
  }));

  const pick = (id: string): void => {
    onClose();
    if (id.startsWith(beyondPrefix)) return void bringAndOpen(desk, text, id.slice(beyondPrefix.length));
    desk.dispatch(overlaySlice.actions.usedInPalette(id));
    if (id.startsWith('ticket:')) desk.dispatch(navigationSlice.actions.openedTicket(id.slice('ticket:'.length)));
    else commands.find((command) => command.id === id)?.run(desk);
  };
  return (
    <PickList
      label={text('palette.label')}
      placeholder={text('app.search')}
      text={typed}
      onText={setTyped}
      groups={[
        { id: 'commands', title: text('palette.commands'), entries: offered },
        { id: 'tickets', title: text('palette.tickets'), entries: tickets },
        { id: 'beyond', title: text('palette.beyond'), entries: beyondEntries(beyond) },
      ]}
      emptyText={text('palette.empty')}
      footer={<BeyondNote search={beyond} />}
      onPick={pick}
      onClose={onClose}
    />
  );
}
