import { boxesOf, narrowestModule, type LabelSymbol } from '../../../../shared/domain/label/label-boxes.ts';
import type { LabelContent } from '../../../../shared/domain/label/label-content.ts';
import type { LabelFormat } from '../../../../shared/domain/label/label-format.ts';
import type { AssetText } from '../asset-text.ts';
import type { Symbols } from './use-symbols.ts';

/** What a person should know before the sheet is used up. */
export function labelNotes(
  text: AssetText,
  format: LabelFormat,
  symbol: LabelSymbol,
  contents: readonly LabelContent[],
  symbols: Symbols,
): readonly string[] {
  const notes: string[] = [];
  const boxes = boxesOf(format.label, symbol, 2);
  const count = (test: (content: LabelContent) => boolean): number => contents.filter(test).length;
  const say = (
    key: 'labels.no-content' | 'labels.not-encodable' | 'labels.qr-small' | 'labels.bars-small',
    n: number,
  ) => {
    if (n > 0) notes.push(text(key, { count: n }));
  };
  if (symbol !== 'qr' && boxes.bars === null) notes.push(text('labels.no-room-for-bars'));
  const used = (content: LabelContent) => [
    boxes.qr === null ? null : content.fellBack.qr,
    boxes.bars === null ? null : content.fellBack.bars,
  ];
  say(
    'labels.no-content',
    count((content) => used(content).includes('missing')),
  );
  say(
    'labels.not-encodable',
    count((content) => used(content).includes('not-encodable')),
  );
  const { qr, bars } = boxes;
  if (qr !== null)
    say(
      'labels.qr-small',
      count((content) => tooNarrow(symbols.qr(content.qrText), qr.width, narrowestModule.qr)),
    );
  if (bars !== null)
    say(
      'labels.bars-small',
      count((content) => tooNarrow(symbols.bars(content.barText), bars.width, narrowestModule.bars)),
    );
  return notes;
}

function tooNarrow(
  symbol: { readonly width: number; readonly quiet: number },
  room: number,
  narrowest: number,
): boolean {
  return room / (symbol.width + 2 * symbol.quiet) < narrowest;
}
