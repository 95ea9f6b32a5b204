import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SyncState } from '../../../data/sync-api.ts';
import { useDesk } from '../../../store/desk-state.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { standingOf } from '../../../widgets/sync-standing.ts';
import { openConnect, openDisconnect } from '../sync-actions.ts';
import { useSyncText } from '../sync-text.ts';
import { ConnectionFacts } from './connection-facts.tsx';
import { DeviceList } from './device-list.tsx';
import { ExchangeProgress } from './exchange-progress.tsx';
import { KeptHere } from './kept-here.tsx';
import { Standing } from './standing.tsx';
import { WaitingList } from './waiting-list.tsx';
import styles from './overview.module.css';

/** How the exchange stands, what it carries and with whom; without an endpoint, what one would be for. */
export function Overview({ state }: { readonly state: SyncState }): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  const isOnline = useDesk(({ connection }) => connection.isOnline);
  const { link, progress } = state;
  const standing = standingOf(state, isOnline);
  if (link === null) {
    return (
      <EmptyState
        glyph={<CircleCheck size={22} />}
        title={text('none.title')}
        action={
          <Button variant="primary" onPress={() => openConnect(desk)}>
            {text('sync.connect')}
          </Button>
        }
      >
        <p>{text('none.text')}</p>
        <p className={classNames(styles, 'need')}>{text('none.need')}</p>
      </EmptyState>
    );
  }
  return (
    <div className={classNames(styles, 'overview')}>
      <Standing state={state} standing={standing} />
      {progress === null || standing !== 'working' ? null : <ExchangeProgress progress={progress} />}
      <WaitingList />
      <KeptHere wish={state.wish} />
      <ConnectionFacts state={state} link={link} />
      <DeviceList link={link} lastContactAt={state.lastContactAt} />
      <div className={classNames(styles, 'actions')}>
        <Button variant="quiet" onPress={() => void openDisconnect(desk)}>
          {text('sync.disconnect')}
        </Button>
      </div>
    </div>
  );
}
