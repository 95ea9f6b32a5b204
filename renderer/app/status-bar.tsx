import { CheckCircle2, CircleSlash, CloudOff, CloudUpload, GitBranch, Loader, TriangleAlert } from 'lucide-react';
import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import type { SyncState } from '../data/sync-api.ts';
import { useServices } from '../services/services.ts';
import { useWatch } from '../services/use-watch.ts';
import { useDesk } from '../store/desk-state.ts';
import { classNames } from '../ui/class-names.ts';
import type { AppCommand } from '../widgets/app-command.ts';
import { useDeskContext } from '../widgets/desk.ts';
import { useTimeText } from '../widgets/moment.tsx';
import { standingOf } from '../widgets/sync-standing.ts';
import { useAppText } from './app-text.ts';
import styles from './frame.module.css';

/** Where the work stands, in quiet words: saved, offline since when, what waits, what is here. */
export function StatusBar({ commands }: { readonly commands: readonly AppCommand[] }): ReactNode {
  const desk = useDeskContext();
  const text = useAppText();
  const intl = useIntl();
  const { clock } = useTimeText();
  const { info } = useServices();
  const { result: status } = useWatch({ type: 'status' });
  const { result: sync } = useWatch({ type: 'sync' });
  const { result: refused } = useWatch({ type: 'refused' });
  const { result: job } = useWatch({ type: 'job' });
  const zoom = useDesk((state) => state.appearance.zoom);
  const run = (id: string): void => commands.find((command) => command.id === id)?.run(desk);
  const conflicts = status?.conflicts ?? 0;
  const notAccepted = refused?.length ?? 0;
  return (
    <footer aria-label={text('app.status')} className={classNames(styles, 'status')}>
      <StandingMark sync={sync} />
      {sync && sync.link !== null && sync.waiting > 0 ? (
        <span className={classNames(styles, 'mark', 'waiting')}>
          <CloudUpload size={13} aria-hidden />
          {sync.waitingSince === null
            ? text('status.waiting', { count: sync.waiting })
            : text('status.waiting-since', { count: sync.waiting, time: clock(sync.waitingSince) })}
        </span>
      ) : null}
      {conflicts > 0 ? (
        <button
          type="button"
          className={classNames(styles, 'mark', 'link', 'conflict')}
          onClick={() => run('sync.conflicts')}
        >
          <GitBranch size={13} aria-hidden /> {text('status.conflicts', { count: conflicts })}
        </button>
      ) : null}
      {notAccepted > 0 ? (
        <button
          type="button"
          className={classNames(styles, 'mark', 'link', 'offline')}
          onClick={() => run('sync.refused')}
        >
          <CircleSlash size={13} aria-hidden /> {text('status.refused', { count: notAccepted })}
        </button>
      ) : null}
      {job ? (
        <button type="button" className={classNames(styles, 'mark', 'link', 'job')} onClick={() => run('job.show')}>
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
      <span className={classNames(styles, 'extra')}>{text('status.zone', { zone: info.timeZone })}</span>
      <span className={classNames(styles, 'extra')}>{intl.formatNumber(zoom / 100, { style: 'percent' })}</span>
    </footer>
  );
}

/** The state itself: a word that changes rarely, so that it can be overlooked until it matters. */
function StandingMark({ sync }: { readonly sync: SyncState | undefined }): ReactNode {
  const text = useAppText();
  const { clock } = useTimeText();
  const { isOnline, offlineSince } = useDesk((state) => state.connection);
  const standing = sync === undefined ? 'on-device' : standingOf(sync, isOnline);
  if (standing === 'away') {
    const since = sync?.problem?.since ?? offlineSince;
    return (
      <span className={classNames(styles, 'mark', 'offline')}>
        <CloudOff size={13} aria-hidden />
        {since === null ? text('pill.offline') : text('status.offline', { time: clock(since) })}
      </span>
    );
  }
  if (standing === 'paused' || standing === 'stuck') {
    const Glyph = standing === 'stuck' ? TriangleAlert : CloudOff;
    return (
      <span className={classNames(styles, 'mark', 'offline')}>
        <Glyph size={13} aria-hidden /> {text(`status.${standing}`)}
      </span>
    );
  }
  return (
    <span className={classNames(styles, 'mark')}>
      <CheckCircle2 size={13} aria-hidden />
      {text(standing === 'working' ? 'status.working' : standing === 'current' ? 'status.current' : 'status.online')}
    </span>
  );
}
