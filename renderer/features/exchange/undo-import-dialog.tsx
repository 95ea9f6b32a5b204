import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { UndoImportOutcome } from '../../data/exchange/undo-import-job.ts';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import type { Overlay } from '../../store/overlay-slice.ts';
import { undoSlice } from '../../store/undo-slice.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useDeskContext, type Desk } from '../../widgets/desk.ts';
import { failureText } from './import-actions.ts';
import { useExchangeText, type ExchangeText } from './exchange-text.ts';
import { JobProgressBar } from './job-progress.tsx';
import { importSessionOf } from './use-import.ts';

type Phase =
  | { readonly at: 'counting' | 'running' }
  | { readonly at: 'asking'; readonly counted: UndoImportOutcome }
  | { readonly at: 'failed'; readonly outcome: UndoImportOutcome };

/** Says what taking back an import would take back and what it would leave, and does it when the person agrees. */
export function UndoImportDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const text = useExchangeText();
  const desk = useDeskContext();
  const { data } = useServices();
  const { result: job } = useWatch({ type: 'job' });
  const [importId = ''] = overlay.ids ?? [];
  const [phase, setPhase] = useState<Phase>({ at: 'counting' });
  useEffect(() => {
    let isOpen = true;
    void data.call('undoImport', { importId, dryRun: true }).then((counted) => {
      if (isOpen) setPhase(counted.failure === null ? { at: 'asking', counted } : { at: 'failed', outcome: counted });
    });
    return () => {
      isOpen = false;
    };
  }, [data, importId]);
  const takeBack = async (): Promise<void> => {
    setPhase({ at: 'running' });
    const outcome = await undoImport(desk, importId, text);
    if (outcome.failure === null) onClose();
    else setPhase({ at: 'failed', outcome });
  };
  const canTakeBack = phase.at === 'asking' && phase.counted.deleted + phase.counted.restored > 0;
  return (
    <Dialog
      title={text('undo.title')}
      closeLabel={text('action.close')}
      onClose={onClose}
      {...(canTakeBack ? { onSubmit: () => void takeBack() } : {})}
      footer={
        phase.at === 'running' ? (
          <Button onPress={() => void data.call('cancelJob', null)}>{text('action.stop')}</Button>
        ) : (
          <>
            <Button autoFocus onPress={onClose}>
              {text('action.cancel')}
            </Button>
            <Button variant="danger" keys="Mod+Enter" isDisabled={!canTakeBack} onPress={() => void takeBack()}>
              {text('undo.do')}
            </Button>
          </>
        )
      }
    >
      {phase.at === 'asking' ? <TakesBack counted={phase.counted} text={text} /> : null}
      {phase.at === 'counting' || phase.at === 'running' ? (
        <>
          <p role="status">{text(`undo.${phase.at}`)}</p>
          <JobProgressBar job={job ?? null} />
        </>
      ) : null}
      {phase.at === 'failed' && phase.outcome.failure !== null ? (
        <Banner tone="failure">{failureText(phase.outcome.failure, desk.translate)}</Banner>
      ) : null}
    </Dialog>
  );
}

function TakesBack({ counted, text }: { readonly counted: UndoImportOutcome; readonly text: ExchangeText }): ReactNode {
  const { deleted, restored, keptRecords, keptFields } = counted;
  if (deleted + restored === 0 && keptRecords + keptFields === 0) return <p>{text('undo.nothing')}</p>;
  return (
    <>
      {deleted > 0 ? <p>{text('undo.deletes', { count: deleted })}</p> : null}
      {restored > 0 ? <p>{text('undo.restores', { count: restored })}</p> : null}
      {keptRecords > 0 ? <Banner tone="notice">{text('undo.keeps-records', { count: keptRecords })}</Banner> : null}
      {keptFields > 0 ? <Banner tone="notice">{text('undo.keeps-fields', { count: keptFields })}</Banner> : null}
      <p>{text('undo.again')}</p>
    </>
  );
}

async function undoImport(desk: Desk, importId: string, text: ExchangeText): Promise<UndoImportOutcome> {
  const outcome = await desk.services.data.call('undoImport', { importId, dryRun: false });
  if (outcome.failure === null && !outcome.cancelled) desk.dispatch(undoSlice.actions.tookBackImport(importId));
  if (outcome.failure === null) {
    const { deleted, restored, keptRecords, keptFields, cancelled } = outcome;
    const values = { deleted, restored, kept: keptRecords + keptFields };
    desk.runner.tell(text(cancelled ? 'undo.stopped' : 'undo.done', values));
  }
  await importSessionOf(desk).loadPast();
  return outcome;
}
