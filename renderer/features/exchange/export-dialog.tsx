import { useState, type ReactNode } from 'react';
import type { ExportedList } from '../../data/exchange/exchange-api.ts';
import type { ExportOutcome } from '../../data/exchange/export-job.ts';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import type { Overlay } from '../../store/overlay-slice.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { useDeskContext, type Desk } from '../../widgets/desk.ts';
import { readExportWish, type ExportWish } from '../../widgets/export-wish.ts';
import { useExchangeText } from './exchange-text.ts';
import { failureText } from './import-actions.ts';
import { JobProgressBar } from './job-progress.tsx';
import { importedKinds } from './target-choices.ts';

type What = 'list' | 'entries' | (typeof importedKinds)[number];
type Columns = 'shown' | 'all';

/** Writes a list as CSV: the one on screen as it is filtered and sorted, or all records of a kind. */
export function ExportDialog({
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
  const wish = readExportWish(overlay.detail);
  const [what, setWhat] = useState<What>(wish === null ? 'ticket' : 'list');
  const [columns, setColumns] = useState<Columns>('all');
  const [phase, setPhase] = useState<'choosing' | 'running'>('choosing');
  const [failed, setFailed] = useState<ExportOutcome | null>(null);
  const choices: readonly What[] = [...(wish === null ? [] : (['list', 'entries'] as const)), ...importedKinds];
  const begin = async (): Promise<void> => {
    setFailed(null);
    const outcome = await exportTo(desk, wish, what, columns, () => setPhase('running'));
    setPhase('choosing');
    if (outcome === null) return;
    if (outcome.failure === null) onClose();
    else setFailed(outcome);
  };
  const isRunning = phase === 'running';
  return (
    <Dialog
      title={text('export.title')}
      closeLabel={text('action.close')}
      onClose={onClose}
      {...(isRunning ? {} : { onSubmit: () => void begin() })}
      footer={
        isRunning ? (
          <>
            <Button onPress={() => void data.call('cancelJob', null)}>{text('action.stop')}</Button>
            <Button variant="primary" onPress={onClose}>
              {text('action.background')}
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>{text('action.cancel')}</Button>
            <Button variant="primary" keys="Mod+Enter" onPress={() => void begin()}>
              {text('export.do')}
            </Button>
          </>
        )
      }
    >
      {isRunning ? (
        <JobProgressBar job={job ?? null} />
      ) : (
        <>
          <Select
            label={text('export.what')}
            placeholder=""
            autoFocus
            value={what}
            choices={choices.map((id) => ({
              id,
              label: id === 'list' ? text('export.list', { title: wish?.title ?? '' }) : text(whatKey(id)),
              ...(id === 'list' ? { detail: text('export.list-detail', { count: wish?.total ?? 0 }) } : {}),
            }))}
            onChange={(id) => setWhat(choices.find((each) => each === id) ?? what)}
          />
          {what === 'list' ? (
            <Segmented
              label={text('export.columns')}
              value={columns}
              onChange={setColumns}
              segments={[
                { id: 'all', label: text('export.columns-all') },
                { id: 'shown', label: text('export.columns-shown') },
              ]}
            />
          ) : null}
          <p>{text(what === 'list' && columns === 'shown' ? 'export.about-shown' : 'export.about-all')}</p>
          {failed?.failure ? <Banner tone="failure">{failureText(failed.failure, desk.translate)}</Banner> : null}
        </>
      )}
    </Dialog>
  );
}

function whatKey(what: Exclude<What, 'list'>): 'export.entries' | `export.all.${(typeof importedKinds)[number]}` {
  return what === 'entries' ? 'export.entries' : `export.all.${what}`;
}

/** Null when the person cancels the save dialog. */
async function exportTo(
  { services, runner, translate }: Desk,
  wish: ExportWish | null,
  what: What,
  columns: Columns,
  begun: () => void,
): Promise<ExportOutcome | null> {
  const ofScreen = wish !== null && (what === 'list' || what === 'entries');
  const list: ExportedList = ofScreen
    ? wish.list
    : { entity: what === 'list' || what === 'entries' ? 'ticket' : what, where: [], search: '', sort: [] };
  const name = what === 'list' ? (wish?.title ?? '') : translate(whatKey(what));
  const saving = await services.desktop.call('fileSaveBegin', {
    suggestedName: `${services.info.space} ${name}`.slice(0, 110),
    kind: 'csv',
  });
  if (!saving.ok)
    return { records: 0, cancelled: false, failure: { kind: 'write-failed', detail: saving.failure.message } };
  if (saving.value === null) return null;
  begun();
  const outcome = await services.data.call('exportList', {
    handle: saving.value.handle,
    name: saving.value.name,
    list,
    of: what === 'entries' ? 'entries' : 'records',
    fields: what === 'list' && columns === 'shown' && wish !== null ? wish.fields : null,
  });
  if (outcome.failure === null)
    runner.tell(
      translate(outcome.cancelled ? 'export.stopped' : 'export.done', {
        count: outcome.records,
        name: saving.value.name,
      }),
    );
  return outcome;
}
