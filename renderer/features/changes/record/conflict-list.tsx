import type { ReactNode } from 'react';
import type { ConflictView } from '../../../data/changes/changes-api.ts';
import { Banner } from '../../../ui/banner.tsx';
import { useChangeText, type ChangeText } from '../change-text.ts';

/** One conflict in a sentence. */
export function conflictText(text: ChangeText, { kind, title, about }: ConflictView): string {
  return text(`conflict.${kind}`, { title, about });
}

/** Everything against the planned time, together. */
export function ConflictList({ conflicts }: { readonly conflicts: readonly ConflictView[] }): ReactNode {
  const text = useChangeText();
  if (conflicts.length === 0) return null;
  return (
    <Banner tone="warning" title={text('conflict.count', { count: conflicts.length })}>
      {conflicts.map((conflict) => conflictText(text, conflict)).join(' ')}
    </Banner>
  );
}
