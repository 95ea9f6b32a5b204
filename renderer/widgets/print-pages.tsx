import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Paper } from '../../shared/desktop-print.ts';
import { useServices } from '../services/services.ts';
import { classNames } from '../ui/class-names.ts';
import { useDeskContext } from './desk.ts';
import styles from './print-pages.module.css';

export interface PrintJob {
  /** mm. */
  readonly paper: Paper;
  readonly how: 'pdf' | 'printer';
  /** Of the file, without its ending. */
  readonly name: string;
  /** One node a page, of exactly that size; fills it from its upper left corner. */
  readonly pages: readonly ReactNode[];
}

interface Asked {
  readonly job: PrintJob;
  readonly answer: (isDone: boolean) => void;
}

/**
 * Prints pages: they are put beside the desk, seen by printers only, for as long as main prints them. `print` resolves
 * with false when the person canceled or it failed; a failure is told.
 */
export function usePrint(): { readonly print: (job: PrintJob) => Promise<boolean>; readonly printed: ReactNode } {
  const { desktop } = useServices();
  const { runner, translate } = useDeskContext();
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    if (asked === null) return;
    const { job, answer } = asked;
    const run = async (): Promise<boolean> => {
      await document.fonts.ready;
      if (job.how === 'pdf') {
        const saved = await desktop.call('pageSavePdf', { paper: job.paper, suggestedName: `${job.name}.pdf` });
        if (!saved.ok) runner.tell(translate('print.no-file', { reason: saved.failure.message }), 'refused');
        else if (saved.value !== null) runner.tell(translate('print.saved', { name: saved.value.name }));
        return saved.ok && saved.value !== null;
      }
      const printed = await desktop.call('pagePrint', { paper: job.paper });
      if (!printed.ok) runner.tell(translate('print.failed', { reason: printed.failure.message }), 'refused');
      else if (printed.value.printed) runner.tell(translate('print.printed'));
      return printed.ok && printed.value.printed;
    };
    void run()
      .catch(() => false)
      .then((isDone) => {
        setAsked(null);
        answer(isDone);
      });
  }, [asked, desktop, runner, translate]);
  return {
    print: (job) => new Promise((answer) => setAsked({ job, answer })),
    printed: asked === null ? null : <PrintedPages job={asked.job} />,
  };
}

function PrintedPages({ job: { paper, pages } }: { readonly job: PrintJob }): ReactNode {
  return createPortal(
    <div data-printed className={classNames(styles, 'root')}>
      {pages.map((page, index) => (
        <div
          // Pages do not change while they are printed.
          key={index}
          className={classNames(styles, 'page')}
          style={{ inlineSize: `${paper.width}mm`, blockSize: `${paper.height}mm` }}
        >
          {page}
        </div>
      ))}
    </div>,
    document.body,
  );
}
