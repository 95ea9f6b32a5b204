import { Copy, RotateCw, SquareArrowOutUpRight, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { RefusedOperation } from '../../../data/sync-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTimeText } from '../../../widgets/moment.tsx';
import { copyText, retryRefused } from '../sync-actions.ts';
import { useSyncText } from '../sync-text.ts';
import { refusedAsText, refusedReason, refusedReferences, refusedTicket, refusedValues } from './refused-text.ts';
import { useTitles } from './use-titles.ts';
import styles from './refused-list.module.css';

/** One change that was not accepted: what it was, why not, and what can be done with it. */
export function RefusedCard({
  refused,
  onDismiss,
}: {
  readonly refused: RefusedOperation;
  readonly onDismiss: () => void;
}): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  const dispatch = useDeskDispatch();
  const { exact, full } = useTimeText();
  const [isBusy, setBusy] = useState(false);
  const reason = refusedReason(text, refused);
  const titles = useTitles(refusedReferences(refused));
  const values = refusedValues(text, refused, titles, full);
  const ticket = refusedTicket(refused);
  const title = refused.title || text('refused.untitled');
  const retry = async (): Promise<void> => {
    setBusy(true);
    await retryRefused(desk, refused);
    setBusy(false);
  };
  return (
    <article aria-label={`${refused.reference} ${title}`} className={classNames(styles, 'card')}>
      <header className={classNames(styles, 'head')}>
        {refused.reference === '' ? null : <bdi className="mono">{refused.reference}</bdi>}
        <h2 dir="auto" className={`one-line ${classNames(styles, 'title')}`}>
          {title}
        </h2>
        <span title={full(refused.refusedAt)} className={classNames(styles, 'when')}>
          {text('refused.when', { done: exact(refused.at), refused: exact(refused.refusedAt) })}
        </span>
      </header>
      <p className={classNames(styles, 'why')}>
        <strong>{reason.why}</strong>{' '}
        {refused.expected === '' ? null : <>{text('refused.expected', { expected: refused.expected })}. </>}
        {reason.do}
      </p>
      {values.length === 0 ? null : (
        <dl className={classNames(styles, 'values')}>
          {values.map(({ key, name, value }) => (
            <div key={key} className={classNames(styles, 'value')}>
              <dt>{name}</dt>
              <dd dir="auto" className="user-text">
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className={classNames(styles, 'actions')}>
        {refused.code === 'authority-field' ? null : (
          <Button icon={<RotateCw size={14} />} isDisabled={isBusy} onPress={() => void retry()}>
            {text('refused.retry')}
          </Button>
        )}
        <Button
          variant="quiet"
          icon={<Copy size={14} />}
          onPress={() => void copyText(desk, refusedAsText(text, refused, titles, full))}
        >
          {text('refused.copy')}
        </Button>
        {ticket === null ? null : (
          <Button
            variant="quiet"
            icon={<SquareArrowOutUpRight size={14} />}
            onPress={() => dispatch(navigationSlice.actions.openedTicket(ticket))}
          >
            {text('refused.open')}
          </Button>
        )}
        <Button variant="quiet" icon={<X size={14} />} onPress={onDismiss}>
          {text('refused.dismiss')}
        </Button>
      </div>
    </article>
  );
}
