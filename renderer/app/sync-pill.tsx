import {
  CircleCheck,
  CirclePause,
  CloudCheck,
  CloudOff,
  CloudUpload,
  GitBranch,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { SyncState } from '../data/sync-api.ts';
import { useWatch } from '../services/use-watch.ts';
import { useDesk } from '../store/desk-state.ts';
import { classNames } from '../ui/class-names.ts';
import type { AppCommand } from '../widgets/app-command.ts';
import { useDeskContext } from '../widgets/desk.ts';
import { useTimeText } from '../widgets/moment.tsx';
import { standingOf, type SyncStanding } from '../widgets/sync-standing.ts';
import { useAppText, type AppText } from './app-text.ts';
import styles from './title-bar.module.css';

const glyphs = {
  'on-device': CircleCheck,
  paused: CirclePause,
  away: CloudOff,
  stuck: TriangleAlert,
  working: RefreshCw,
  waiting: CloudUpload,
  current: CloudCheck,
} as const satisfies Readonly<Record<SyncStanding, unknown>>;

/** Being offline is a state and not an error: amber, never red. */
const tones: Readonly<Record<SyncStanding, string | null>> = {
  'on-device': null,
  paused: 'offline',
  away: 'offline',
  stuck: 'offline',
  working: 'pending',
  waiting: 'pending',
  current: null,
};

/** How the work stands with the network, in a word; pressing it opens the sync centre. */
export function SyncPill({ commands }: { readonly commands: readonly AppCommand[] }): ReactNode {
  const text = useAppText();
  const desk = useDeskContext();
  const { full } = useTimeText();
  const isOnline = useDesk((state) => state.connection.isOnline);
  const { result: status } = useWatch({ type: 'status' });
  const { result: sync } = useWatch({ type: 'sync' });
  const conflicts = status?.conflicts ?? 0;
  const standing = sync === undefined ? 'on-device' : standingOf(sync, isOnline);
  // A choice that waits is worth saying only where nothing else is.
  const isChoice = conflicts > 0 && (standing === 'on-device' || standing === 'current');
  const Glyph = isChoice ? GitBranch : glyphs[standing];
  const words = isChoice ? text('status.conflicts', { count: conflicts }) : standingWords(text, standing, sync);
  const at = sync === undefined || sync.link === null ? undefined : sync.lastContactAt;
  const contact =
    at === undefined ? '' : at === null ? text('pill.no-contact') : text('pill.contact', { time: full(at) });
  return (
    <button
      type="button"
      title={joined([text('pill.hint'), contact], '\n')}
      aria-label={text('pill.open', { words })}
      className={classNames(styles, 'pill', isChoice ? 'conflict' : tones[standing])}
      onClick={() => commands.find(({ id }) => id === (isChoice ? 'sync.conflicts' : 'sync.open'))?.run(desk)}
    >
      <Glyph size={14} aria-hidden />
      <span className={classNames(styles, 'words')}>{words}</span>
    </button>
  );
}

function joined(parts: readonly string[], by: string): string {
  return parts.filter((part) => part !== '').join(by);
}

function standingWords(text: AppText, standing: SyncStanding, sync: SyncState | undefined): string {
  const { done = 0, total = 0 } = sync?.progress ?? {};
  const count = sync?.waiting ?? 0;
  const waiting = count > 0 ? text('pill.waiting', { count }) : '';
  if (standing === 'working')
    return text('pill.working', { percent: total === 0 ? 0 : Math.min(100, Math.floor((100 * done) / total)) });
  if (standing === 'waiting') return waiting;
  const word = standing === 'away' ? text('pill.offline') : text(`pill.${standing}`);
  return standing === 'on-device' ? word : joined([word, waiting], ' · ');
}
