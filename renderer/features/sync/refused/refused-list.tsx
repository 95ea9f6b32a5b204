import { CircleCheck } from 'lucide-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import type { RefusedOperation } from '../../../data/sync-api.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useSyncText } from '../sync-text.ts';
import { dismissalsOf } from './dismissals.ts';
import { RefusedCard } from './refused-card.tsx';
import styles from './refused-list.module.css';

/** What an endpoint did not accept, with every text kept, until the person is done with it. */
export function RefusedList({ refused }: { readonly refused: readonly RefusedOperation[] }): ReactNode {
  const text = useSyncText();
  const dismissals = dismissalsOf(useDeskContext());
  const dismissed = useSyncExternalStore(dismissals.subscribe, dismissals.getState);
  if (refused.length === 0) {
    return (
      <EmptyState glyph={<CircleCheck size={22} />} title={text('refused.none')}>
        {text('refused.none-hint')}
      </EmptyState>
    );
  }
  return (
    <ul aria-label={text('refused.list')} className={classNames(styles, 'list')}>
      {refused.map((operation) => (
        <li key={operation.dot}>
          {dismissed.includes(operation.dot) ? (
            <div role="status" className={classNames(styles, 'dismissed')}>
              <span className="one-line">
                {text('refused.dismissed', { title: operation.reference || operation.title || operation.dot })}
              </span>
              <Button variant="quiet" keys="Mod+z" onPress={() => dismissals.undo(operation.dot)}>
                {text('action.undo')}
              </Button>
            </div>
          ) : (
            <RefusedCard refused={operation} onDismiss={() => dismissals.dismiss(operation.dot)} />
          )}
        </li>
      ))}
    </ul>
  );
}
