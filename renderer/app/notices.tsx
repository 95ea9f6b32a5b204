import type { ReactNode } from 'react';
import { useServices } from '../services/services.ts';
import { useWatch } from '../services/use-watch.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { useAppText } from './app-text.ts';
import styles from './frame.module.css';

/** What the person must know about the data on this device, in plain words; empty when all is well. */
export function Notices(): ReactNode {
  const text = useAppText();
  const { data } = useServices();
  const { result: status } = useWatch({ type: 'status' });
  if (!status) return null;
  const { recovery } = status;
  return (
    <div className={classNames(styles, 'notices')}>
      {recovery === null ? null : (
        <Banner
          tone="warning"
          title={text('recovery.title')}
          actions={<Button onPress={() => void data.call('acknowledgeRecovery', null)}>{text('recovery.seen')}</Button>}
        >
          {text(`recovery.${recovery.cause}`, {
            records: recovery.recordsAfter,
            fromSnapshot: recovery.fromSnapshot,
            fromJournal: recovery.fromJournal,
          })}
          {recovery.lost > 0 ? ` ${text('recovery.lost', { count: recovery.lost })}` : ''}
        </Banner>
      )}
      {status.phase === 'read-only' ? (
        <Banner tone="failure" title={text('read-only.title')}>
          {text('read-only.text')}
        </Banner>
      ) : null}
      {status.phase === 'ready' && status.storage === 'low' ? <Banner tone="warning">{text('low.text')}</Banner> : null}
    </div>
  );
}
