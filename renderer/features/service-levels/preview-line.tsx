import type { ReactNode } from 'react';
import type { PolicyPreview } from '../../data/service-levels/target-view.ts';
import { classNames } from '../../ui/class-names.ts';
import { useServiceLevelText } from './service-level-text.ts';
import styles from './form.module.css';

/** What saving would do to the open tickets. */
export function PreviewLine({ preview }: { readonly preview: PolicyPreview | null }): ReactNode {
  const text = useServiceLevelText();
  return (
    <p role="status" className={classNames(styles, 'preview')}>
      {preview === null
        ? '…'
        : text('form.preview', {
            open: preview.open,
            changed: preview.changed,
            before: preview.overdueBefore,
            after: preview.overdueAfter,
          })}
    </p>
  );
}
