import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { ListAndRecord } from '../../widgets/list-and-record.tsx';
import { CabScreen } from './cab-screen.tsx';
import { readView } from './change-list.ts';
import { ChangeListPane } from './list/change-list-pane.tsx';
import { ChangePane } from './record/change-pane.tsx';
import { ScheduleScreen } from './schedule/schedule-screen.tsx';

/** List and change side by side, the calendar, or the meetings of the board. */
export function ChangeScreen(): ReactNode {
  const view = readView(useDesk((desk) => desk.navigation.place.view));
  if (view === 'calendar') return <ScheduleScreen />;
  if (view === 'cab') return <CabScreen />;
  return (
    <ListAndRecord
      renderList={(previews) => <ChangeListPane view={view} previews={previews} />}
      renderRecord={(isPage) => <ChangePane isPage={isPage} />}
    />
  );
}
