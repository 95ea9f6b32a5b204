import type { Feature } from '../../widgets/feature.ts';
import { CalendarDialog } from './calendar-dialog.tsx';
import { serviceLevelCommands, serviceLevelsScreen } from './commands.ts';
import { LevelDialog } from './level-dialog.tsx';
import { LevelsScreen } from './levels-screen.tsx';
import { TargetsDialog } from './targets-dialog.tsx';
import de from './messages/de.json';
import en from './messages/en.json';

/** Service levels: the targets of a ticket explained, and the agreements and calendars they come from. */
export const serviceLevelsFeature: Feature = {
  id: serviceLevelsScreen,
  messages: { en, de },
  commands: serviceLevelCommands,
  Screen: LevelsScreen,
  overlays: { 'ticket-targets': TargetsDialog, 'service-level': LevelDialog, calendar: CalendarDialog },
};
