import type { Feature } from '../../widgets/feature.ts';
import { problemCommands } from './commands.ts';
import {
  CommunicateDialog,
  DuplicateProblemDialog,
  LinkIncidentDialog,
  MoveProblemDialog,
} from './dialogs/move-problem-dialog.tsx';
import { NewKnownErrorDialog } from './dialogs/new-known-error-dialog.tsx';
import { NewProblemDialog } from './dialogs/new-problem-dialog.tsx';
import { openIn } from './open-found.ts';
import { ProblemNavigation } from './navigation.tsx';
import { problemsScreen } from './problem-lists.ts';
import { ProblemScreen } from './problem-screen.tsx';
import { ProblemTicketPanel } from './ticket-panel.tsx';
import de from './messages/de.json';
import en from './messages/en.json';

/** Problems and known errors: why incidents happen, and what helps meanwhile. */
export const problemsFeature: Feature = {
  id: problemsScreen,
  messages: { en, de },
  commands: problemCommands,
  Screen: ProblemScreen,
  Navigation: ProblemNavigation,
  navigationAt: 'foot',
  TicketPanel: ProblemTicketPanel,
  opens: { problem: openIn('all'), 'known-error': openIn('known-errors') },
  overlays: {
    'problem-new': NewProblemDialog,
    'problem-move': MoveProblemDialog,
    'problem-duplicate': DuplicateProblemDialog,
    'problem-link': LinkIncidentDialog,
    'problem-communicate': CommunicateDialog,
    'known-error-new': NewKnownErrorDialog,
  },
};
