import { CircleCheck, CirclePause, CloudCheck, CloudOff, CloudUpload, RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SyncState } from '../../../data/sync-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTimeText } from '../../../widgets/moment.tsx';
import type { SyncStanding } from '../../../widgets/sync-standing.ts';
import { problemText } from '../problem-text.ts';
import { openConnect } from '../sync-actions.ts';
import { useSyncText, type SyncText } from '../sync-text.ts';
import { showSync } from '../sync-views.ts';
import styles from './standing.module.css';

const glyphs = {
  'on-device': CircleCheck,
  paused: CirclePause,
  away: CloudOff,
  stuck: TriangleAlert,
  working: RefreshCw,
  waiting: CloudUpload,
  current: CloudCheck,
} as const satisfies Readonly<Record<SyncStanding, unknown>>;

/** The sentence on top: how the work stands, what waits and since when, and what to do if anything. */
export function Standing({
  state,
  standing,
}: {
  readonly state: SyncState;
  readonly standing: SyncStanding;
}): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  const { clock, full } = useTimeText();
  const { result: status } = useWatch({ type: 'status' });
  const Glyph = glyphs[standing];
  const { waiting, lastContactAt, problem, link } = state;
  const conflicts = status?.conflicts ?? 0;
  return (
    <div className={classNames(styles, 'standing', standing)}>
      <span className={classNames(styles, 'glyph')}>
        <Glyph size={20} strokeWidth={1.75} aria-hidden />
      </span>
      <div className={classNames(styles, 'words')} role="status">
        <p className={classNames(styles, 'head')}>{text(`head.${standing}`, { count: waiting })}</p>
        <p className={classNames(styles, 'sub')} title={lastContactAt === null ? undefined : full(lastContactAt)}>
          {sentences(text, clock, state, standing).join(' ')}
        </p>
        {problem === null || standing === 'paused' ? null : <ProblemNote problem={problem} url={link?.url ?? ''} />}
        {conflicts === 0 ? null : (
          <button type="button" className={classNames(styles, 'choices')} onClick={() => showSync(desk, 'conflicts')}>
            {text('sub.choices', { count: conflicts })}
          </button>
        )}
      </div>
    </div>
  );
}

/** What waits since when, the last contact, the next try: as far as there is something to say. */
function sentences(
  text: SyncText,
  clock: (at: number) => string,
  { waiting, waitingSince, lastContactAt, nextTryAt }: SyncState,
  standing: SyncStanding,
): readonly string[] {
  const since = waitingSince === null ? null : clock(waitingSince);
  // How many is in the head already while they only wait.
  const isCounted = standing === 'waiting';
  const waits =
    waiting === 0
      ? text('sub.nothing-waits')
      : since === null
        ? isCounted
          ? ''
          : text('sub.waiting-plain', { count: waiting })
        : isCounted
          ? text('sub.since', { time: since })
          : text('sub.waiting', { count: waiting, time: since });
  const contact = lastContactAt === null ? text('sub.no-contact') : text('sub.contact', { time: clock(lastContactAt) });
  const triesAgain = nextTryAt !== null && (standing === 'away' || standing === 'stuck');
  const next = triesAgain ? text('sub.next-try', { time: clock(nextTryAt) }) : '';
  return [waits, contact, next].filter((sentence) => sentence !== '');
}

function ProblemNote({
  problem,
  url,
}: {
  readonly problem: NonNullable<SyncState['problem']>;
  readonly url: string;
}): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  const { clock } = useTimeText();
  const told = problemText(text, problem, url);
  return (
    <div className={classNames(styles, 'problem')}>
      <p>
        <strong>{told.title}.</strong>{' '}
        <span className={classNames(styles, 'since')}>{text('problem.since', { time: clock(problem.since) })}.</span>
      </p>
      <p>{told.advice}</p>
      {problem.kind === 'device-revoked' ? (
        <div>
          <Button onPress={() => openConnect(desk)}>{text('sync.reconnect')}</Button>
        </div>
      ) : null}
      {problem.detail === '' ? null : (
        <details>
          <summary>{text('problem.details')}</summary>
          <p className="user-text mono">{[problem.code ?? problem.kind, problem.detail].join(' – ')}</p>
        </details>
      )}
    </div>
  );
}
