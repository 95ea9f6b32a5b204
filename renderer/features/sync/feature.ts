import type { Feature } from '../../widgets/feature.ts';
import { syncCommands } from './commands.ts';
import { ReviewDialog } from './conflicts/review-dialog.tsx';
import { ConnectDialog } from './connect/connect-dialog.tsx';
import { DisconnectDialog } from './connect/disconnect-dialog.tsx';
import { SyncNavigation } from './navigation.tsx';
import { ScopeDialog } from './scope/scope-dialog.tsx';
import { SyncScreen } from './sync-screen.tsx';
import { syncScreen } from './sync-views.ts';
import de from './messages/de.json';
import en from './messages/en.json';

/** The sync centre, the review of conflicts, and the way to an endpoint. */
export const syncFeature: Feature = {
  id: syncScreen,
  messages: { en, de },
  commands: syncCommands,
  Screen: SyncScreen,
  Navigation: SyncNavigation,
  navigationAt: 'foot',
  overlays: {
    'sync-connect': ConnectDialog,
    'sync-disconnect': DisconnectDialog,
    'sync-scope': ScopeDialog,
    'conflict-review': ReviewDialog,
  },
};
