import { CloudUpload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Moment } from '../../../widgets/moment.tsx';
import { referenceOf, rowTitle } from '../../../widgets/row-title.ts';
import { useSyncText } from '../sync-text.ts';
import styles from './overview.module.css';

const shown = 8;

/** The tickets with changes that the endpoint has not yet, latest first. */
export function WaitingList(): ReactNode {
  const text = useSyncText();
  const dispatch = useDeskDispatch();
  const { result } = useWatch({
    type: 'list',
    entity: 'ticket',
    where: [{ field: '$pending', op: 'is', value: true }],
    search: '',
    sort: [{ field: '$updatedAt', direction: 'descending' }],
    offset: 0,
    limit: shown,
  });
  if (result === undefined || result.total === 0) return null;
  return (
    <section aria-label={text('waiting.title')}>
      <h2 className={classNames(styles, 'heading')}>{text('waiting.title')}</h2>
      <ul className={classNames(styles, 'rows')}>
        {result.rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classNames(styles, 'row')}
              onClick={() => dispatch(navigationSlice.actions.openedTicket(row.id))}
            >
              <CloudUpload size={14} aria-hidden className={classNames(styles, 'pending')} />
              <bdi className="mono">{referenceOf(row.values)}</bdi>
              <bdi className={`one-line ${classNames(styles, 'grow')}`}>{rowTitle(row)}</bdi>
              <span className={classNames(styles, 'quiet')}>
                <Moment at={row.updatedAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {result.total > shown ? (
        <p className={classNames(styles, 'quiet', 'more')}>{text('waiting.more', { count: result.total - shown })}</p>
      ) : null}
    </section>
  );
}
