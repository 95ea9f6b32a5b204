import type { ReactNode } from 'react';
import { diffText } from '../../../../shared/sync/token-diff.ts';
import { classNames } from '../../../ui/class-names.ts';
import styles from './diff-text.module.css';

/**
 * A text with the words marked that it has and `before` has not, and those struck out that it left out: underline and
 * line as well as colour. Without `before` it is shown as it is.
 */
export function DiffText({ before, after }: { readonly before: string | null; readonly after: string }): ReactNode {
  if (before === null || before === '') return <>{after}</>;
  return diffText(before, after).map(({ kind, tokens }, index) => {
    const words = tokens.join('');
    // The runs of a text have no other identity than their place.
    const key = `${index}-${kind}`;
    if (kind === 'same') return <span key={key}>{words}</span>;
    return kind === 'added' ? (
      <ins key={key} className={classNames(styles, 'added')}>
        {words}
      </ins>
    ) : (
      <del key={key} className={classNames(styles, 'removed')}>
        {words}
      </del>
    );
  });
}
