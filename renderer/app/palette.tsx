import { History, ListFilter } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { SearchView } from '../data/search/search-api.ts';
import { useWatch } from '../services/use-watch.ts';
import { overlaySlice } from '../store/overlay-slice.ts';
import { PickList, type PickEntry, type PickGroup } from '../ui/pick-list.tsx';
import { isAvailable, type AppCommand } from '../widgets/app-command.ts';
import { useDeskContext, type Desk } from '../widgets/desk.ts';
import { useAppText } from './app-text.ts';
import { BeyondNote, beyondEntries, beyondPrefix, bringAndOpen } from './beyond-this-desk.tsx';
import { matchCommand } from './match-command.ts';
import { foundKinds, openFound, recordEntry, recordPrefix } from './palette-records.tsx';
import { SearchNote } from './search-note.tsx';
import { useEndpointSearch } from './use-endpoint-search.ts';

const shownRecords = 12;
const shownSearches = 5;
/** In front of what the text becomes when it is picked. */
const textPrefix = 'text:';

/** Commands and records of every kind in one list: the best match first, among equal commands what was used lately. */
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
  const { result: heard, isStale } = useWatch(
    words === '' ? null : { type: 'search', text: typed, kinds: foundKinds, limit: shownRecords },
  );
  const beyond = useEndpointSearch(words);
  // A filter that has no value yet is to be gone on with: then Enter must not take what an earlier text was gone on with.
  const isUnfinished = typed.endsWith(':');
  const result = isUnfinished && isStale ? undefined : heard;

  const pick = (id: string): void => {
    if (id.startsWith(textPrefix)) return setTyped(id.slice(textPrefix.length));
    onClose();
    if (id.startsWith(beyondPrefix)) return void bringAndOpen(desk, text, id.slice(beyondPrefix.length));
    desk.dispatch(overlaySlice.actions.usedInPalette(id));
    const found = result?.found.find(({ row }) => id === `${recordPrefix}${row.id}`);
    if (!found) return commands.find((command) => command.id === id)?.run(desk);
    desk.dispatch(overlaySlice.actions.searched(words));
    openFound(desk, found);
  };
  const records: PickGroup = {
    id: 'records',
    title: text('palette.records'),
    entries: (result?.found ?? []).map((found) => recordEntry(found, (kind) => text(`entity.${kind}`))),
  };
  const actions: PickGroup = {
    id: 'commands',
    title: text('palette.commands'),
    entries: offered(commands, desk, words),
  };
  const further: PickGroup = { id: 'completions', title: text('palette.completions'), entries: completions(result) };
  const recent: PickGroup = {
    id: 'searches',
    title: text('palette.searches'),
    entries: words === '' ? recentSearches(desk) : [],
  };
  return (
    <PickList
      label={text('palette.label')}
      placeholder={text('app.search')}
      text={typed}
      onText={setTyped}
      groups={[
        ...(isUnfinished ? [further] : []),
        recent,
        actions,
        records,
        ...(isUnfinished ? [] : [further]),
        { id: 'beyond', title: text('palette.beyond'), entries: beyondEntries(beyond) },
      ]}
      emptyText={text(words !== '' && (isStale || result === undefined) ? 'palette.looking' : 'palette.empty')}
      footer={
        <>
          <SearchNote view={words === '' || isStale ? undefined : result} />
          <BeyondNote search={beyond} />
        </>
      }
      onPick={pick}
      onClose={onClose}
    />
  );
}

function offered(commands: readonly AppCommand[], desk: Desk, words: string): readonly PickEntry[] {
  const { recent } = desk.getState().overlay;
  const rank = (id: string): number => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return commands
    .filter((command) => command.isHidden !== true && isAvailable(command, desk))
    .map((command) => ({ id: command.id, label: desk.translate(command.title), keys: command.keys[0] }))
    .map((entry) => ({ entry, match: matchCommand(entry.label, words) }))
    .filter(({ match }) => match > 0)
    .toSorted((left, right) => right.match - left.match || rank(left.entry.id) - rank(right.entry.id))
    .map(({ entry }) => entry);
}

function completions(view: SearchView | undefined): readonly PickEntry[] {
  return (view?.completions ?? []).map(({ label, query }) => ({
    id: `${textPrefix}${query}`,
    label,
    glyph: <ListFilter size={14} aria-hidden />,
  }));
}

function recentSearches(desk: Desk): readonly PickEntry[] {
  return desk
    .getState()
    .overlay.searches.slice(0, shownSearches)
    .map((search) => ({ id: `${textPrefix}${search}`, label: search, glyph: <History size={14} aria-hidden /> }));
}
