import type { ReactNode } from 'react';
import type { RecoveryReport } from '../data/data-api.ts';
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
          title={text(recovery.cause === 'journal-damaged' ? 'recovery.title-journal' : 'recovery.title')}
          actions={<Button onPress={() => void data.call('acknowledgeRecovery', null)}>{text('recovery.seen')}</Button>}
        >
          {describeRecovery(text, recovery)}
        </Banner>
      )}
      {status.phase === 'read-only' ? (
        <Banner tone="failure" title={text('read-only.title')}>
          {text(status.storage === 'full' ? 'read-only.full' : 'read-only.text')}
        </Banner>
      ) : null}
      {status.phase === 'ready' && status.storage === 'low' ? <Banner tone="warning">{text('low.text')}</Banner> : null}
    </div>
  );
}

/** What happened, what each copy had, what was rebuilt, and what was not. `before` is -1 when nobody knows. */
function describeRecovery(text: ReturnType<typeof useAppText>, recovery: RecoveryReport): string {
  const { cause, journal, lost, damagedSnapshots } = recovery;
  const counts = {
    records: recovery.recordsAfter,
    before: recovery.recordsBefore ?? -1,
    recordsFound: recovery.recordsFound,
    fromSnapshot: recovery.fromSnapshot,
    fromJournal: recovery.fromJournal,
    inJournal: recovery.inJournal,
  };
  return [
    text(`recovery.${cause}`, counts),
    damagedSnapshots > 0 ? text('recovery.snapshots-damaged', { count: damagedSnapshots }) : '',
    journal === null ? '' : text(`recovery.journal.${journal}`),
    lost > 0 ? text('recovery.lost', { count: lost }) : text('recovery.nothing-lost'),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
