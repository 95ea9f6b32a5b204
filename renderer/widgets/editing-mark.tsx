import { PencilLine } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { Presence } from '../data/sync-api.ts';
import type { CommonKey } from '../services/common-messages.ts';
import { useText, type Translate } from '../services/text.ts';
import { useWatch } from '../services/use-watch.ts';
import { classNames } from '../ui/class-names.ts';
import { useTimeText } from './moment.tsx';
import styles from './editing-mark.module.css';

const nobody: readonly Presence[] = [];

/** Who else edits what, by record id. One subscription for each region that shows it. */
export function usePresence(): ReadonlyMap<string, readonly Presence[]> {
  const { result } = useWatch({ type: 'presence' });
  return useMemo(() => {
    const byRecord = new Map<string, Presence[]>();
    for (const each of result ?? nobody) {
      const others = byRecord.get(each.id);
      if (others === undefined) byRecord.set(each.id, [each]);
      else others.push(each);
    }
    return byRecord;
  }, [result]);
}

/** Names of those who edit, the latest first; '' for nobody. */
export function editingNames(text: Translate<CommonKey>, present: readonly Presence[]): string {
  const [first, second] = present.map(({ name }) => (name === '' ? text('editing.someone') : name));
  if (first === undefined) return '';
  if (second === undefined) return text('editing.one', { name: first });
  if (present.length === 2) return text('editing.two', { name: first, other: second });
  return text('editing.more', { name: first, count: present.length - 1 });
}

/** Who else edits the record on screen: said aloud when it comes up, and room is kept for it, so that nothing moves. */
export function EditingStatus({ id }: { readonly id: string }): ReactNode {
  const presence = usePresence();
  return (
    <span role="status" className={classNames(styles, 'status')}>
      <EditingMark present={presence.get(id)} />
    </span>
  );
}

/** Says that somebody else has something unsaved in the record, and since when. Takes only the room that is left. */
export function EditingMark({
  present = nobody,
  isShort = false,
}: {
  readonly present: readonly Presence[] | undefined;
  /** In a list: the name alone, the rest on hover. */
  readonly isShort?: boolean;
}): ReactNode {
  const text = useText();
  const { clock } = useTimeText();
  const who = editingNames(text, present);
  if (who === '') return null;
  const words = text('editing.since', { who, time: clock(Math.min(...present.map(({ since }) => since))) });
  return (
    <span className={classNames(styles, 'mark', isShort && 'short')} title={words}>
      <PencilLine size={13} aria-hidden className={classNames(styles, 'glyph')} />
      <bdi className={classNames(styles, 'words')}>
        {isShort ? present.map(({ name }) => name || text('editing.someone')).join(', ') : words}
      </bdi>
    </span>
  );
}
