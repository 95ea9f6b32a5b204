import type { ReactNode } from 'react';
import type { ScopeWish } from '../../../../shared/sync/protocol-scope.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { scopeText } from '../scope/scope-text.ts';
import { openScope } from '../sync-actions.ts';
import { useSyncText } from '../sync-text.ts';
import styles from './overview.module.css';

/** Which tickets this desk keeps, and the way to choose others. */
export function KeptHere({ wish }: { readonly wish: ScopeWish }): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  return (
    <section aria-label={text('scope.title')}>
      <h2 className={classNames(styles, 'heading')}>{text('scope.title')}</h2>
      <div className={classNames(styles, 'list', 'choice')}>
        <p>{scopeText(text, wish)}</p>
        <Button onPress={() => void openScope(desk)}>{text('scope.change')}</Button>
      </div>
    </section>
  );
}
