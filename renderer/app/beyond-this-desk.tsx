import type { ReactNode } from 'react';
import { stateOf } from '../../shared/domain/ticket/ticket-values.ts';
import type { BeyondFailure } from '../data/sync-api.ts';
import { navigationSlice } from '../store/navigation-slice.ts';
import { classNames } from '../ui/class-names.ts';
import type { PickEntry } from '../ui/pick-list.tsx';
import type { Desk } from '../widgets/desk.ts';
import { referenceOf } from '../widgets/row-title.ts';
import { StateGlyph } from '../widgets/state-glyph.tsx';
import { useAppText, type AppText } from './app-text.ts';
import styles from './beyond-this-desk.module.css';
import type { EndpointSearch } from './use-endpoint-search.ts';

/** In front of the ids of tickets that are at the endpoint. */
export const beyondPrefix = 'beyond:';

export function beyondEntries(search: EndpointSearch): readonly PickEntry[] {
  if (search.at !== 'found') return [];
  return search.answer.rows.map(({ id, title, reference, number, state }) => ({
    id: `${beyondPrefix}${id}`,
    label: title === '' ? reference : title,
    detail: referenceOf({ reference, number: number === '' ? null : number }),
    glyph: <StateGlyph state={stateOf({ state }) ?? 'new'} />,
  }));
}

/** How the search at the endpoint stands: said plainly when it could not be asked. Nothing when all is here. */
export function BeyondNote({ search }: { readonly search: EndpointSearch }): ReactNode {
  const text = useAppText();
  if (search.at === 'not-needed') return null;
  return (
    <p role="status" className={classNames(styles, 'note')}>
      {noteOf(text, search)}
    </p>
  );
}

function noteOf(text: AppText, search: Exclude<EndpointSearch, { readonly at: 'not-needed' }>): string {
  if (search.at === 'asking') return text('palette.beyond-asking');
  if (search.at === 'failed') return text(`palette.beyond-${reasonOf(search.failure)}`);
  const { rows, more } = search.answer;
  if (more) return text('palette.beyond-more');
  return text(rows.length === 0 ? 'palette.beyond-none' : 'palette.beyond-bring');
}

function reasonOf({ kind }: BeyondFailure): 'offline' | 'away' | 'refused' {
  if (kind === 'offline') return 'offline';
  return kind === 'problem' || kind === 'bad-answer' || kind === 'not-enrolled' ? 'refused' : 'away';
}

/** Fetches a ticket that is at the endpoint, keeps it, and shows it. */
export async function bringAndOpen(desk: Desk, text: AppText, id: string): Promise<void> {
  desk.runner.tell(text('palette.bringing'));
  const brought = await desk.services.data.call('bringTicket', { id });
  if (brought.ok) desk.dispatch(navigationSlice.actions.openedTicket(id));
  else if (brought.failure.kind === 'kept-full') desk.runner.tell(text('palette.kept-full'), 'refused');
  else if (brought.failure.kind === 'not-yet') desk.runner.tell(text('palette.brought-not-yet'));
  else desk.runner.tell(text('palette.brought-not'), 'refused');
}
