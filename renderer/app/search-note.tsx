import type { ReactNode } from 'react';
import type { SearchView } from '../data/search/search-api.ts';
import { faultText } from '../widgets/search-fault-text.ts';
import { classNames } from '../ui/class-names.ts';
import { useAppText } from './app-text.ts';
import styles from './beyond-this-desk.module.css';

/** What was not understood of a search, what was given up to find anything, or how to say more. */
export function SearchNote({ view }: { readonly view: SearchView | undefined }): ReactNode {
  const text = useAppText();
  const notes: string[] = [];
  if (view) {
    notes.push(...view.faults.map((fault) => faultText(text, fault)));
    if (view.loosened === 'typos') notes.push(text('palette.typos'));
    if (view.loosened === 'some-words') notes.push(text('palette.some-words'));
    if (!view.isWhole) notes.push(text('palette.not-whole'));
  }
  return (
    <p role="status" className={classNames(styles, 'note')}>
      {notes.length === 0 ? text('search.language') : notes.join(' ')}
    </p>
  );
}
