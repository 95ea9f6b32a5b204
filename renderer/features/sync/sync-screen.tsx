import { Pause, Play, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk } from '../../store/desk-state.ts';
import { Button } from '../../ui/button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useDeskContext } from '../../widgets/desk.ts';
import { ScreenFrame } from '../../widgets/screen-frame.tsx';
import { Overview } from './centre/overview.tsx';
import { ConflictInbox } from './conflicts/conflict-inbox.tsx';
import { RefusedList } from './refused/refused-list.tsx';
import { setPaused, syncNow } from './sync-actions.ts';
import { useSyncText } from './sync-text.ts';
import { showSync, syncViewOf } from './sync-views.ts';

/** How the work stands with the others: the exchange itself, what needs a choice, what was not accepted. */
export function SyncScreen(): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  const view = useDesk((state) => syncViewOf(state.navigation.place.view));
  const { result: sync } = useWatch({ type: 'sync' });
  const { result: status } = useWatch({ type: 'status' });
  const { result: refused } = useWatch({ type: 'refused' });
  const countOf = (count: number | undefined): number | undefined => (count === 0 ? undefined : count);
  return (
    <ScreenFrame
      title={text('sync.title')}
      isTabbed
      actions={
        sync === undefined || sync.link === null ? undefined : (
          <>
            <Button
              icon={sync.paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
              onPress={() => void setPaused(desk, !sync.paused)}
            >
              {text(sync.paused ? 'sync.resume' : 'sync.pause')}
            </Button>
            <Button icon={<RefreshCw size={14} aria-hidden />} keys="F5" onPress={() => void syncNow(desk)}>
              {text('sync.now')}
            </Button>
          </>
        )
      }
    >
      <Tabs
        label={text('sync.tabs')}
        selected={view}
        onSelect={(id) => showSync(desk, syncViewOf(id))}
        tabs={[
          {
            id: 'overview',
            label: text('sync.tab.overview'),
            content: sync === undefined ? null : <Overview state={sync} />,
          },
          {
            id: 'conflicts',
            label: text('sync.tab.conflicts'),
            count: countOf(status?.conflicts),
            content: <ConflictInbox />,
          },
          {
            id: 'refused',
            label: text('sync.tab.refused'),
            count: countOf(refused?.length),
            content: refused === undefined ? null : <RefusedList refused={refused} />,
          },
        ]}
      />
    </ScreenFrame>
  );
}
