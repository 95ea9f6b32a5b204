import type { Feature } from '../../widgets/feature.ts';
import { AdministrationScreen } from './administration-screen.tsx';
import { administrationCommands } from './commands.ts';
import { AccountDialog } from './dialogs/account-dialog.tsx';
import { AddAccountDialog } from './dialogs/add-account-dialog.tsx';
import { RevokeDialog } from './dialogs/revoke-dialog.tsx';
import { AdministrationNavigation } from './navigation.tsx';
import { administrationScreen } from './place.ts';
import de from './messages/de.json';
import en from './messages/en.json';

/** Accounts and devices of the endpoint, for administrators. */
export const administrationFeature: Feature = {
  id: administrationScreen,
  messages: { en, de },
  commands: administrationCommands,
  Screen: AdministrationScreen,
  Navigation: AdministrationNavigation,
  navigationAt: 'foot',
  overlays: { 'account-add': AddAccountDialog, account: AccountDialog, 'device-revoke': RevokeDialog },
};
