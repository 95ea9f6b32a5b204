import { CheckCircle2, CloudOff, CloudUpload, GitBranch, Loader } from 'lucide-react';
import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import { useServices } from '../services/services.ts';
import { useWatch } from '../services/use-watch.ts';
import { useDesk } from '../store/desk-state.ts';
import { classNames } from '../ui/class-names.ts';
import type { AppCommand } from '../widgets/app-command.ts';
import { useDeskContext } from '../widgets/desk.ts';
import { useAppText } from './app-text.ts';
import styles from './frame.module.css';

/** Where the work stands, in quiet words: saved, offline since when, what waits, what is here. */
export function StatusBar({ commands }: { readonly commands: readonly AppCommand[] }): ReactNode {
  const desk = useDeskContext();
  const text = useAppText();
  const intl = useIntl();
  const { info } = useServices();
  const { result: status } = useWatch({ type: 'status' });
  const { result: job } = useWatch({ type: 'job' });
  const offlineSince = useDesk((desk) => desk.connection.offlineSince);
  const zoom = useDesk((desk) => desk.appearance.zoom);
  return (
    <footer aria-label={text('app.status')} className={classNames(styles, 'status')}>
      {offlineSince === null ? (
        <span className={classNames(styles, 'mark')}>
          <CheckCircle2 size={13} aria-hidden /> {text('status.online')}
        </span>
      ) : (
        <span className={classNames(styles, 'mark', 'offline')}>
          <CloudOff size={13} aria-hidden /> {text('status.offline', { time: intl.formatTime(offlineSince) })}
        </span>
      )}
      {status && status.waiting > 0 ? (
        <span className={classNames(styles, 'mark', 'waiting')}>
          <CloudUpload size={13} aria-hidden /> {text('status.waiting', { count: status.waiting })}
        </span>
      ) : null}
      {status && status.conflicts > 0 ? (
        <span className={classNames(styles, 'mark', 'conflict')}>
          <GitBranch size={13} aria-hidden /> {text('status.conflicts', { count: status.conflicts })}
        </span>
      ) : null}
      {job ? (
        <button
          type="button"
          className={classNames(styles, 'mark', 'job')}
          onClick={() => commands.find((command) => command.id === 'job.show')?.run(desk)}
        >
          <Loader size={13} aria-hidden />
          {text(`status.${job.kind}`, {
            rows: job.rows,
            percent: job.total === 0 ? 0 : Math.round((100 * job.done) / job.total),
          })}
        </button>
      ) : null}
      <span className={classNames(styles, 'gap')} />
      <span>{text('status.records', { count: status?.records.ticket ?? 0 })}</span>
      <span>{text('status.space', { space: info.space })}</span>
      <span>{text('status.zone', { zone: info.timeZone })}</span>
      <span>{intl.formatNumber(zoom / 100, { style: 'percent' })}</span>
    </footer>
  );
}
