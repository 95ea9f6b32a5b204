import type { AppCommand } from '../../widgets/app-command.ts';
import type { Feature } from '../../widgets/feature.ts';
import { ticketCommands } from './commands.ts';
import { AssignPicker } from './dialogs/assign-picker.tsx';
import { CancelDialog, CommentDialog, HoldDialog, ResolveDialog } from './dialogs/move-dialogs.tsx';
import { PriorityDialog } from './dialogs/priority-dialog.tsx';
import { PriorityMatrixDialog } from './dialogs/priority-matrix-dialog.tsx';
import { StatePicker } from './dialogs/state-picker.tsx';
import { NewTicketDialog } from './dialogs/new-ticket-dialog.tsx';
import { LinkDialog, SaveViewDialog, TagDialog, WatcherDialog } from './dialogs/relation-dialogs.tsx';
import { listCommands } from './list-commands.ts';
import { TicketNavigation } from './navigation.tsx';
import { listOfCaller, listOfQueue, listOfSite, openTicket } from './open-found.ts';
import { TicketScreen } from './ticket-screen.tsx';
import de from './messages/de.json';
import en from './messages/en.json';

/** What acts on the tickets in sight acts on their screen only: elsewhere nobody sees what it would change. */
function bindToScreen(command: AppCommand): AppCommand {
  return command.group === 'ticket' || command.group === 'list' ? { ...command, screen: 'tickets' } : command;
}

/** Tickets: incidents and requests. */
export const ticketsFeature: Feature = {
  id: 'tickets',
  messages: { en, de },
  commands: [...ticketCommands, ...listCommands].map(bindToScreen),
  Screen: TicketScreen,
  Navigation: TicketNavigation,
  opens: {
    ticket: openTicket,
    person: listOfCaller,
    queue: listOfQueue,
    site: listOfSite,
  },
  overlays: {
    'ticket-new': NewTicketDialog,
    'ticket-resolve': ResolveDialog,
    'ticket-hold': HoldDialog,
    'ticket-cancel': CancelDialog,
    'ticket-state': StatePicker,
    'ticket-priority': PriorityDialog,
    'ticket-priority-matrix': PriorityMatrixDialog,
    'ticket-assign': AssignPicker,
    'ticket-comment': CommentDialog,
    'ticket-tag': TagDialog,
    'ticket-watcher': WatcherDialog,
    'ticket-link': LinkDialog,
    'ticket-save-view': SaveViewDialog,
  },
};
