import { GitBranch, RefreshCw } from 'lucide-react';
import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk } from '../../store/desk-state.ts';
import { classNames } from '../../ui/class-names.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { RailEntry, RailList } from '../../widgets/rail-entry.tsx';
import { standingOf } from '../../widgets/sync-standing.ts';
import { useSyncText } from './sync-text.ts';
import { showSync, syncScreen, syncViewOf, type SyncView } from './sync-views.ts';
import styles from './navigation.module.css';

/** The sync centre in the rail, and what in it waits for the person; nothing is counted while nothing does. */
export function SyncNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useSyncText();
  const isOnline = useDesk((desk) => desk.connection.isOnline);
  const { result: sync } = useWatch({ type: 'sync' });
  const { result: status } = useWatch({ type: 'status' });
  const { result: refused } = useWatch({ type: 'refused' });
  const isStuck = sync !== undefined && standingOf(sync, isOnline) === 'stuck';
  const conflicts = status?.conflicts ?? 0;
  return (
    <RailList>
      <Entry
        view={(refused?.length ?? 0) > 0 ? 'refused' : 'overview'}
        name={text('sync.title')}
        glyph={<RefreshCw size={16} strokeWidth={1.75} aria-hidden />}
        count={refused?.length ?? 0}
        mark={isStuck ? text('sync.attention') : null}
        isFolded={isFolded}
      />
      {conflicts === 0 ? null : (
        <Entry
          view="conflicts"
          name={text('sync.tab.conflicts')}
          glyph={<GitBranch size={16} strokeWidth={1.75} aria-hidden />}
          count={conflicts}
          mark={null}
          isFolded={isFolded}
        />
      )}
    </RailList>
  );
}

interface EntryProps {
  readonly view: SyncView;
  readonly name: string;
  readonly glyph: ReactNode;
  readonly count: number;
  readonly mark: string | null;
  readonly isFolded: boolean;
}

function Entry({ view, name, glyph, count, mark, isFolded }: EntryProps): ReactNode {
  const intl = useIntl();
  const desk = useDeskContext();
  const place = useDesk((state) => state.navigation.place);
  const isHere = place.screen === syncScreen && (syncViewOf(place.view) === 'conflicts') === (view === 'conflicts');
  return (
    <li>
      <RailEntry
        name={name}
        title={mark === null ? name : `${name}: ${mark}`}
        glyph={glyph}
        isFolded={isFolded}
        isHere={isHere}
        onPress={() => showSync(desk, view)}
      >
        {mark === null ? null : (
          <span className={classNames(styles, 'mark', isFolded && 'folded')}>
            <span className="visually-hidden">{mark}</span>
          </span>
        )}
        {count === 0 ? null : (
          <span className={classNames(styles, 'count', view === 'conflicts' && 'choice', isFolded && 'folded')}>
            {intl.formatNumber(count)}
          </span>
        )}
      </RailEntry>
    </li>
  );
}
