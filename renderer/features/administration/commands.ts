import { overlaySlice } from '../../store/overlay-slice.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import { administrationScreen, isAdministrator, showAdministration } from './place.ts';

export const administrationCommands: readonly AppCommand[] = [
  {
    id: 'administration.open',
    title: 'administration.title',
    group: 'go',
    keys: ['g m'],
    when: isAdministrator,
    run: (desk) => showAdministration(desk, 'accounts'),
  },
  {
    id: 'administration.devices',
    title: 'command.administration-devices',
    group: 'go',
    keys: [],
    when: isAdministrator,
    run: (desk) => showAdministration(desk, 'devices'),
  },
  {
    id: 'administration.add-account',
    title: 'command.add-account',
    group: 'desk',
    keys: ['n'],
    screen: administrationScreen,
    when: isAdministrator,
    run: (desk) => desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'account-add' })),
  },
];
