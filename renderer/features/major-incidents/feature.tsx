import { Siren } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import { useDeskContext, type Desk } from '../../widgets/desk.ts';
import type { Feature } from '../../widgets/feature.ts';
import { RailEntry, RailList } from '../../widgets/rail-entry.tsx';
import { AcceptDialog, ProposeDialog, RejectDialog, ResolveMajorDialog } from './major-dialogs.tsx';
import { majorScreen } from './major-lists.ts';
import { MajorScreen } from './major-screen.tsx';
import { useMajorText } from './major-text.ts';
import { MajorTicketPanel } from './ticket-panel.tsx';
import de from './messages/de.json';
import en from './messages/en.json';

function open(desk: Desk): void {
  desk.dispatch(navigationSlice.actions.wentTo({ screen: majorScreen, view: '', record: null }));
}

const commands: readonly AppCommand[] = [
  { id: 'major-incidents.open', title: 'command.major-open', group: 'go', keys: ['g x'], run: open },
  {
    id: 'major-incident.propose',
    title: 'command.major-propose',
    group: 'ticket',
    keys: [],
    screen: 'tickets',
    when: (desk) => desk.getState().navigation.place.record !== null,
    run: (desk) => {
      const { record } = desk.getState().navigation.place;
      if (record !== null) desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'major-propose', ids: [record] }));
    },
  },
  {
    id: 'major-incident.close-pane',
    title: 'command.major-close',
    group: 'list',
    keys: ['Escape'],
    screen: majorScreen,
    isHidden: true,
    run: (desk) => desk.dispatch(navigationSlice.actions.closedRecord()),
  },
];

function MajorNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useMajorText();
  const desk = useDeskContext();
  const isHere = useDesk((state) => state.navigation.place.screen === majorScreen);
  return (
    <RailList>
      <li>
        <RailEntry
          name={text('major.title')}
          glyph={<Siren size={16} strokeWidth={1.75} aria-hidden />}
          isFolded={isFolded}
          isHere={isHere}
          onPress={() => open(desk)}
        />
      </li>
    </RailList>
  );
}

/** Major incidents: candidate, decision, roles, communication plan, review. */
export const majorIncidentsFeature: Feature = {
  id: majorScreen,
  messages: { en, de },
  commands,
  Screen: MajorScreen,
  Navigation: MajorNavigation,
  navigationAt: 'foot',
  TicketPanel: MajorTicketPanel,
  overlays: {
    'major-propose': ProposeDialog,
    'major-accept': AcceptDialog,
    'major-reject': RejectDialog,
    'major-resolve': ResolveMajorDialog,
  },
};
