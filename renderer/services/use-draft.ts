import { useCallback, useState } from 'react';
import { useServices } from './services.ts';

export interface DraftText {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** The text arrived where it belongs: the draft is no longer needed. */
  readonly discard: () => void;
}

/** A text that is kept while it is written. Another key shows the draft of that key. */
export function useDraft(key: string): DraftText {
  const { drafts } = useServices();
  const [shown, setShown] = useState({ key, text: drafts.read(key) });
  const current = shown.key === key ? shown : { key, text: drafts.read(key) };
  if (current !== shown) setShown(current);
  const setText = useCallback(
    (text: string) => {
      setShown({ key, text });
      drafts.write(key, text);
    },
    [drafts, key],
  );
  const discard = useCallback(() => {
    setShown({ key, text: '' });
    drafts.discard(key);
  }, [drafts, key]);
  return { text: current.text, setText, discard };
}
