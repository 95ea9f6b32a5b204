import { overlaySlice } from '../../store/overlay-slice.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import { askToUndo, importScreen, openImport, showImport } from './import-actions.ts';
import { importSessionOf } from './use-import.ts';

export const exchangeCommands: readonly AppCommand[] = [
  {
    id: 'import.open',
    title: 'command.import',
    group: 'create',
    keys: ['g i'],
    run: (desk) => void openImport(desk),
  },
  {
    id: 'import.next',
    title: 'command.import-next',
    group: 'create',
    keys: ['Mod+Enter'],
    whileTyping: true,
    isHidden: true,
    when: (desk) => desk.getState().navigation.place.screen === importScreen && desk.getState().overlay.open === null,
    run: () => {
      document.querySelector<HTMLElement>('[data-primary] button:enabled')?.click();
    },
  },
  {
    id: 'import.past',
    title: 'command.past-imports',
    group: 'create',
    keys: [],
    run: (desk) => {
      showImport(desk);
      void importSessionOf(desk).startOver();
    },
  },
  {
    id: 'import.undo',
    title: 'command.undo-import',
    group: 'create',
    keys: [],
    when: (desk) => importSessionOf(desk).getState().shown !== null,
    run: (desk) => {
      const { shown } = importSessionOf(desk).getState();
      if (shown !== null) askToUndo(desk, shown.report.importId);
    },
  },
  {
    id: 'job.cancel',
    title: 'command.cancel-job',
    group: 'create',
    keys: [],
    run: (desk) => void desk.services.data.call('cancelJob', null),
  },
  {
    id: 'job.show',
    title: 'command.show-job',
    group: 'go',
    keys: [],
    isHidden: true,
    run: (desk) => {
      if (importSessionOf(desk).getState().step === 'run') showImport(desk);
      else desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'job' }));
    },
  },
];
