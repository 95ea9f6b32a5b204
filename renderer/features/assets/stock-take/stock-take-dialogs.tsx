import { useState, type ReactNode } from 'react';
import type { CommandOutcome } from '../../../data/data-api.ts';
import { useServices } from '../../../services/services.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { assetsScreen, stockTakesView } from '../asset-list.ts';
import { useAssetText } from '../asset-text.ts';
import { useStockTake, type StockTakeView } from './use-stock-take.ts';

/** Where is counted comes first: what is scanned from then on is there. */
export function NewStockTakeDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useAssetText();
  const { runner } = useDeskContext();
  const { now } = useServices();
  const dispatch = useDeskDispatch();
  const [site, setSite] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const submit = (): Promise<CommandOutcome> =>
    runner.run(
      'record.create',
      {
        entity: 'stock-take',
        fields: { name: site?.title ?? '', site: site?.id ?? null, startedAt: now(), state: 'counting' },
      },
      { done: text('done.stock-take'), showsRefusal: true },
    );
  return (
    <FormDialog
      title={text('stock-takes.new')}
      width="normal"
      submit={submit}
      onClose={onClose}
      onDone={([record]) =>
        dispatch(navigationSlice.actions.wentTo({ screen: assetsScreen, view: stockTakesView, record: record ?? null }))
      }
    >
      <RecordCombo
        label={fieldText(text, 'stock-take', 'site')}
        entity="site"
        value={site}
        onChange={(id, title) => setSite(id === null ? null : { id, title })}
      />
    </FormDialog>
  );
}

export function FinishStockTakeDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const view = useStockTake(overlay.ids?.[0] ?? '');
  return view ? <FinishForm view={view} onClose={onClose} /> : null;
}

function FinishForm({ view, onClose }: { readonly view: StockTakeView; readonly onClose: () => void }): ReactNode {
  const text = useAssetText();
  const { runner } = useDeskContext();
  const [moves, setMoves] = useState(true);
  const [marks, setMarks] = useState(false);
  const { found, misplaced, missing, unknown } = view.tally;
  const site = view.site.name;
  const submit = (): Promise<CommandOutcome> =>
    runner.run(
      'stock-take.finish',
      {
        id: view.record.id,
        moved: moves ? misplaced.flatMap(({ asset }) => (asset === null ? [] : [asset])) : [],
        missing: marks ? missing : [],
        found: found.length,
        misplaced: misplaced.length,
        unknown: unknown.length,
        absent: missing.length,
      },
      { done: text('done.stock-take-finished'), showsRefusal: true },
    );
  return (
    <FormDialog
      title={text('stock-take.finish-title', { site })}
      submitLabel={text('stock-take.do-finish')}
      width="normal"
      submit={submit}
      onClose={onClose}
    >
      <Checkbox
        label={text('stock-take.move', { count: misplaced.length, site })}
        isSelected={moves}
        onChange={setMoves}
      />
      <Checkbox label={text('stock-take.mark', { count: missing.length })} isSelected={marks} onChange={setMarks} />
      <p>{text('stock-take.nothing-lost')}</p>
    </FormDialog>
  );
}
