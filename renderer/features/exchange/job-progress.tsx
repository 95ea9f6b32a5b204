import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import type { JobState } from '../../data/exchange/exchange-api.ts';
import { useWatch } from '../../services/use-watch.ts';
import { Banner } from '../../ui/banner.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useExchangeText } from './exchange-text.ts';
import styles from './job-progress.module.css';

/** Per cent of a job, 0 to 100. */
export function percentOf({ done, total }: Pick<JobState, 'done' | 'total'>): number {
  return total === 0 ? 0 : Math.min(100, Math.floor((100 * done) / total));
}

/** How far the long job is: a bar, rows, rate, time left, and why it stands still if it does. */
export function JobProgressBar({ job }: { readonly job: JobState | null }): ReactNode {
  const text = useExchangeText();
  const intl = useIntl();
  const { result: status } = useWatch({ type: 'status' });
  const percent = job === null ? 0 : percentOf(job);
  const facts =
    job === null || job.rows === 0
      ? [text('job.starting')]
      : [
          text('job.rows', { rows: job.rows }),
          text('job.rate', { rate: Math.round(job.rowsPerSecond) }),
          job.secondsLeft === null ? '' : text('job.left', { seconds: Math.max(1, Math.round(job.secondsLeft)) }),
        ].filter((fact) => fact !== '');
  return (
    <div className={classNames(styles, 'progress')}>
      <ProgressBar label={text('job.progress')} percent={percent} />
      <p className={classNames(styles, 'facts')}>
        <strong>{intl.formatNumber(percent / 100, { style: 'percent' })}</strong>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {job?.cancelled === true ? <p role="status">{text('job.stopping')}</p> : null}
      {status?.phase === 'read-only' ? <Banner tone="warning">{text('job.no-room')}</Banner> : null}
    </div>
  );
}
