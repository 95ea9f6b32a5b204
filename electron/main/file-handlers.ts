import { dialog, type BrowserWindow } from 'electron';
import path from 'node:path';
import type { DesktopHandlers } from './answer-call.ts';
import { checkSuggestedName, type SavedKind } from './suggested-name.ts';
import type { Files } from './files.ts';

const importFilter = { name: 'CSV', extensions: ['csv', 'gz', 'txt', 'tsv'] };

/** The calls about files a person chooses. The dialogs are the only place where a path comes from. */
export function createFileHandlers(
  files: Files,
  /** Window the dialogs belong to. */
  parent: () => BrowserWindow | undefined,
  documents: string,
): Pick<DesktopHandlers, Extract<keyof DesktopHandlers, `file${string}`>> {
  return {
    fileOpen: async () => {
      const options = {
        defaultPath: documents,
        properties: ['openFile' as const],
        filters: [importFilter, { name: '*', extensions: ['*'] }],
      };
      const window = parent();
      const chosen = await (window === undefined
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(window, options));
      const [file] = chosen.filePaths;
      return chosen.canceled || file === undefined ? null : files.openForReading(file);
    },
    fileRead: async ({ handle, offset, length }) => ({ bytes: await files.read(handle, offset, length) }),
    fileSaveBegin: async ({ suggestedName, kind }) => {
      const target = await chooseSavePath(parent(), documents, suggestedName, kind);
      return target === null ? null : files.beginSaving(target);
    },
    fileSaveWrite: async ({ handle, bytes }) => {
      await files.write(handle, bytes);
      return null;
    },
    fileSaveEnd: async ({ handle, outcome }) => {
      await files.endSaving(handle, outcome);
      return null;
    },
    fileClose: async ({ handle }) => {
      await files.close(handle);
      return null;
    },
  };
}

/** Asks where a file is to be written; null when the person cancels. */
export async function chooseSavePath(
  parent: BrowserWindow | undefined,
  documents: string,
  suggestedName: string,
  kind: SavedKind,
): Promise<string | null> {
  const defaultPath = path.join(documents, checkSuggestedName(suggestedName, kind));
  const options = { defaultPath, filters: [{ name: kind.toUpperCase(), extensions: [kind] }] };
  const chosen = await (parent === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options));
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}
