import { FileDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { labelSymbols, type LabelSymbol } from '../../../../shared/domain/label/label-boxes.ts';
import {
  barContents,
  labelContent,
  labelFields,
  qrContents,
  type LabelChoice,
} from '../../../../shared/domain/label/label-content.ts';
import { findLabelFormat, labelsPerPage } from '../../../../shared/domain/label/label-format.ts';
import { layOutLabels } from '../../../../shared/domain/label/lay-out-labels.ts';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { labelSlice, type LabelSettings } from '../../../store/label-slice.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { usePrint } from '../../../widgets/print-pages.tsx';
import { useAssetTargets } from '../asset-actions.ts';
import { useAssetText } from '../asset-text.ts';
import { LabelFields } from './label-fields.tsx';
import { labelNotes } from './label-notes.ts';
import { LabelPreview } from './label-preview.tsx';
import { LabelSheet } from './label-sheet.tsx';
import { labelsAtMost, useLabelledAssets } from './use-labelled-assets.ts';
import { useSymbols } from './use-symbols.ts';
import styles from './labels-dialog.module.css';

/** Labels for one asset or many: what they say, on which sheet, from which label on; then PDF or printer. */
export function LabelsDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const ids = useAssetTargets(overlay);
  const settings = useDesk((desk) => desk.labels);
  const assets = useLabelledAssets(ids);
  const symbols = useSymbols();
  const { print, printed } = usePrint();
  const format = findLabelFormat(settings.format);
  const symbol = readSymbol(settings);
  const choice = readChoice(settings);
  const contents = (assets ?? []).map((asset) => labelContent(asset, choice));
  const pages = layOutLabels({ ...settings, format, count: contents.length });
  const isReady = symbols !== undefined && contents.length > 0;

  const send = async (how: 'pdf' | 'printer'): Promise<void> => {
    if (!isReady) return;
    const sheets = pages.map((placed, index) => (
      <LabelSheet
        // Sheets have no name but their number.
        key={index}
        format={format}
        placed={placed}
        contents={contents}
        symbol={symbol}
        symbols={symbols}
      />
    ));
    const isDone = await print({ how, paper: format.page, name: text('labels.title'), pages: sheets });
    if (!isDone) return;
    // The next label that is left on the sheet.
    const perPage = labelsPerPage(format);
    const startAt = ((settings.startAt - 1 + contents.length) % perPage) + 1;
    dispatch(labelSlice.actions.changedLabels({ startAt }));
    onClose();
  };

  return (
    <Dialog
      title={text('labels.title')}
      closeLabel={text('action.close')}
      onClose={onClose}
      width="wide"
      onSubmit={() => void send('printer')}
      footer={
        <>
          <Button onPress={onClose}>{text('action.cancel')}</Button>
          <Button icon={<FileDown size={15} />} isDisabled={!isReady} onPress={() => void send('pdf')}>
            {text('labels.save-pdf')}
          </Button>
          <Button variant="primary" keys="Mod+Enter" isDisabled={!isReady} onPress={() => void send('printer')}>
            {text('labels.print')}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'form')}>
        <LabelFields settings={settings} format={format} symbol={symbol} />
        <div>
          {symbols === undefined ? null : (
            <LabelPreview format={format} pages={pages} contents={contents} symbol={symbol} symbols={symbols} />
          )}
          <p className={classNames(styles, 'count')} role="status">
            {text('labels.count', { labels: contents.length, pages: pages.length })}
          </p>
          <ul className={classNames(styles, 'notes')}>
            {ids.length > labelsAtMost ? <li>{text('labels.too-many', { most: labelsAtMost })}</li> : null}
            {(symbols === undefined ? [] : labelNotes(text, format, symbol, contents, symbols)).map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      </div>
      {printed}
    </Dialog>
  );
}

function readSymbol({ symbol }: LabelSettings): LabelSymbol {
  return labelSymbols.find((each) => each === symbol) ?? 'qr';
}

/** What was chosen, as far as this version knows it. */
function readChoice({ qr, bars, fields }: LabelSettings): LabelChoice {
  return {
    qr: qrContents.find((each) => each === qr) ?? 'link',
    bars: barContents.find((each) => each === bars) ?? 'reference',
    fields: labelFields.filter((field) => fields.includes(field)),
  };
}
