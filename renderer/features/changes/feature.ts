import type { Feature } from '../../widgets/feature.ts';
import { NewMeetingDialog } from './cab-screen.tsx';
import { changesScreen } from './change-list.ts';
import { ChangeScreen } from './change-screen.tsx';
import { changeCommands } from './commands.ts';
import { ApprovalStepsDialog } from './dialogs/approval-steps-dialog.tsx';
import { DecideDialog, FreeSlotsDialog, MoveChangeDialog, WorkOrderDialog } from './dialogs/change-dialogs.tsx';
import { NewChangeDialog } from './dialogs/new-change-dialog.tsx';
import { DelegationDialog, TemplateDialog } from './dialogs/policy-dialogs.tsx';
import { BlackoutDialog, MaintenanceWindowDialog } from './dialogs/window-dialog.tsx';
import { ChangeNavigation } from './navigation.tsx';
import { ChangeTicketPanel } from './ticket-panel.tsx';
import de from './messages/de.json';
import en from './messages/en.json';

/** Change enablement: what is planned, who approves it, and what it collides with. */
export const changesFeature: Feature = {
  id: changesScreen,
  messages: { en, de },
  commands: changeCommands,
  Screen: ChangeScreen,
  Navigation: ChangeNavigation,
  navigationAt: 'foot',
  TicketPanel: ChangeTicketPanel,
  overlays: {
    'change-new': NewChangeDialog,
    'change-move': MoveChangeDialog,
    'change-decide': DecideDialog,
    'change-slots': FreeSlotsDialog,
    'work-order': WorkOrderDialog,
    blackout: BlackoutDialog,
    'maintenance-window': MaintenanceWindowDialog,
    'approval-steps': ApprovalStepsDialog,
    'cab-meeting': NewMeetingDialog,
    delegation: DelegationDialog,
    'change-template': TemplateDialog,
  },
};
