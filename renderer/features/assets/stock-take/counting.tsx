import { ArrowLeft, ClipboardX } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { RecordGroup } from '../../../widgets/record-frame.tsx';
import { refusalText } from '../../../widgets/refusal-text.ts';
import { rowTitle } from '../../../widgets/row-title.ts';
import { ScreenBody, ScreenFrame } from '../../../widgets/screen-frame.tsx';
import { useAssetText } from '../asset-text.ts';
import { findScanned } from './find-scanned.ts';
import { useScanner } from './use-scanner.ts';
import { useStockTake, type StockTakeView } from './use-stock-take.ts';
import styles from './stock-take.module.css';

/** A stock-take under way: each scan is saved at once, so that it goes on after a restart and without a network. */
export function Counting({ id }: { readonly id: string }): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const view = useStockTake(id);
  if (view === undefined) return null;
  const back = (
    <Button icon={<ArrowLeft size={15} />} onPress={() => dispatch(navigationSlice.actions.closedRecord())}>
      {text('stock-take.back')}
    </Button>
  );
  if (view === null) return <EmptyState glyph={<ClipboardX size={22} />} title={text('asset.gone')} action={back} />;
  const isFinished = view.record.values['state'] === 'finished';
  return (
    <ScreenFrame
      title={rowTitle(view.record)}
      actions={
        <>
          {back}
          {isFinished ? null : (
            <Button
              variant="primary"
              onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'stock-take-finish', ids: [id] }))}
            >
              {text('stock-take.finish')}
            </Button>
          )}
        </>
      }
    >
      <ScreenBody>
        {isFinished ? null : <ScanField view={view} />}
        <TallyLists view={view} />
      </ScreenBody>
    </ScreenFrame>
  );
}

function ScanField({ view }: { readonly view: StockTakeView }): ReactNode {
  const text = useAssetText();
  const { data } = useServices();
  const { translate } = useDeskContext();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [told, setTold] = useState('');
  // One after the other: a scanner is faster than a look into the data.
  const last = useRef(Promise.resolve());
  useScanner(field);
  const count = async (scanned: string): Promise<void> => {
    const found = await findScanned(data, scanned);
    const input = { id: view.record.id, scanned, asset: found?.id ?? null };
    const outcome = await data.call('command', { name: 'stock-take.count', input });
    const name = found?.name ?? scanned;
    if (!outcome.ok) {
      const isTwice = outcome.failure.kind === 'nothing-to-change';
      return setTold(isTwice ? text('stock-take.twice', { name }) : refusalText(outcome.failure, translate));
    }
    if (found === null) return setTold(text('stock-take.is-unknown', { text: scanned }));
    setTold(text(view.names.has(found.id) ? 'stock-take.counted' : 'stock-take.from', { name }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    const scanned = typed.trim();
    setTyped('');
    if (scanned !== '') last.current = last.current.then(() => count(scanned));
  };
  const { found } = view.tally;
  return (
    <>
      <div className={classNames(styles, 'top')}>
        <div className={classNames(styles, 'scan')}>
          <TextField
            inputRef={field}
            label={text('stock-take.scan')}
            description={text('stock-take.scan-hint')}
            value={typed}
            onChange={setTyped}
            onKeyDown={onKeyDown}
            maxLength={200}
            autoFocus
          />
        </div>
        <div className={classNames(styles, 'progress')}>
          <span>{text('stock-take.progress', { found: found.length, booked: view.booked, site: view.site.name })}</span>
          <ProgressBar
            label={text('stock-take.found')}
            percent={view.booked === 0 ? 0 : (found.length / view.booked) * 100}
          />
        </div>
      </div>
      <p role="status" className={classNames(styles, 'told')}>
        {told}
      </p>
    </>
  );
}

const shownInGroup = 200;

function TallyLists({ view }: { readonly view: StockTakeView }): ReactNode {
  const text = useAssetText();
  const { tally, names } = view;
  const missing = tally.missing.map((id) => ({ id, name: names.get(id) ?? id }));
  const groups = [
    { id: 'missing', title: text('stock-take.missing'), things: missing },
    { id: 'misplaced', title: text('stock-take.misplaced'), things: tally.misplaced },
    { id: 'unknown', title: text('stock-take.unknown'), things: tally.unknown },
    { id: 'found', title: text('stock-take.found'), things: tally.found },
  ];
  return (
    <div className={classNames(styles, 'groups')}>
      {groups.map(({ id, title, things }) => (
        <RecordGroup key={id} title={`${title} ${things.length}`} isTight>
          <ul>
            {things.slice(0, shownInGroup).map((thing) => (
              <li key={thing.id} className={classNames(styles, 'item')}>
                <bdi>{thing.name}</bdi>
              </li>
            ))}
            {things.length === 0 ? <li className={classNames(styles, 'quiet')}>{text('stock-take.none-of')}</li> : null}
            {things.length > shownInGroup ? (
              <li className={classNames(styles, 'quiet')}>
                {text('stock-take.more', { count: things.length - shownInGroup })}
              </li>
            ) : null}
          </ul>
        </RecordGroup>
      ))}
    </div>
  );
}
