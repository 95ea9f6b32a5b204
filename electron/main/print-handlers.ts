import type { BrowserWindow } from 'electron';
import type { Paper } from '../../shared/desktop-print.ts';
import type { DesktopHandlers } from './answer-call.ts';
import { DesktopError } from './desktop-error.ts';
import type { chooseSavePath } from './file-handlers.ts';
import type { Files } from './files.ts';

const millimetresPerInch = 25.4;
const micronsPerMillimetre = 1_000;
/** Chromium says this in every language when a person closes the dialog. */
const canceled = /cancel/i;

/** Prints what the page of the window shows to printers, without margins of the printer's own: labels are in mm. */
export function createPrintHandlers(
  files: Files,
  parent: () => BrowserWindow | undefined,
  choosePath: (suggestedName: string, kind: 'pdf') => ReturnType<typeof chooseSavePath>,
): Pick<DesktopHandlers, 'pagePrint' | 'pageSavePdf'> {
  const contents = (): BrowserWindow['webContents'] => {
    const window = parent();
    if (window === undefined) throw new DesktopError('not-found', 'there is no window to print from; open one first');
    return window.webContents;
  };
  return {
    pagePrint: ({ paper }) =>
      new Promise((resolve, reject) => {
        contents().print(
          {
            silent: false,
            printBackground: true,
            margins: { marginType: 'none' },
            pageSize: {
              width: Math.round(paper.width * micronsPerMillimetre),
              height: Math.round(paper.height * micronsPerMillimetre),
            },
          },
          (printed, reason) => {
            if (printed || canceled.test(reason)) resolve({ printed });
            else reject(new DesktopError('io', `the system did not print: ${reason}; check that a printer is set up`));
          },
        );
      }),
    pageSavePdf: async ({ paper, suggestedName }) => {
      const target = await choosePath(suggestedName, 'pdf');
      if (target === null) return null;
      const bytes = await contents().printToPDF({
        ...pdfPage(paper),
        printBackground: true,
        preferCSSPageSize: false,
        generateTaggedPDF: true,
      });
      const { handle, name } = await files.beginSaving(target);
      try {
        await files.write(handle, bytes);
      } catch (error) {
        await files.endSaving(handle, 'discard');
        throw error;
      }
      await files.endSaving(handle, 'keep');
      return { name };
    },
  };
}

/** Page and margins as Chromium takes them for a PDF: in inches. */
export function pdfPage(paper: Paper): Pick<Electron.PrintToPDFOptions, 'pageSize' | 'margins'> {
  return {
    pageSize: { width: paper.width / millimetresPerInch, height: paper.height / millimetresPerInch },
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
  };
}
