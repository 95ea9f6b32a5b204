import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import type { AppCommand } from '../../widgets/app-command.ts';

export const serviceLevelsScreen = 'service-levels';

export const serviceLevelCommands: readonly AppCommand[] = [
  {
    id: 'ticket.targets',
    title: 'command.targets',
    group: 'ticket',
    keys: ['d'],
    when: (desk) => desk.getState().navigation.place.record !== null,
    run: (desk) => {
      const { record } = desk.getState().navigation.place;
      if (record !== null) desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'ticket-targets', ids: [record] }));
    },
  },
  {
    id: 'service-levels.open',
    title: 'command.service-levels',
    group: 'go',
    keys: ['g l'],
    run: (desk) =>
      desk.dispatch(navigationSlice.actions.wentTo({ screen: serviceLevelsScreen, view: '', record: null })),
  },
];
