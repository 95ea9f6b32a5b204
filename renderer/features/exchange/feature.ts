import type { Feature } from '../../widgets/feature.ts';
import { exchangeCommands } from './commands.ts';
import { ExportDialog } from './export-dialog.tsx';
import { importScreen } from './import-actions.ts';
import { ImportScreen } from './import-screen.tsx';
import { JobDialog } from './job-dialog.tsx';
import { UndoImportDialog } from './undo-import-dialog.tsx';
import de from './messages/de.json';
import en from './messages/en.json';

/** Import and export of tables. */
export const exchangeFeature: Feature = {
  id: importScreen,
  messages: { en, de },
  commands: exchangeCommands,
  Screen: ImportScreen,
  overlays: { 'import-undo': UndoImportDialog, export: ExportDialog, job: JobDialog },
};
