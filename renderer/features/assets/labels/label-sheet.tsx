import type { CSSProperties, ReactNode } from 'react';
import type { DrawnSymbol } from '../../../../shared/domain/label/draw-symbol.ts';
import { boxesOf, type Box, type LabelSymbol } from '../../../../shared/domain/label/label-boxes.ts';
import type { LabelContent } from '../../../../shared/domain/label/label-content.ts';
import type { LabelFormat } from '../../../../shared/domain/label/label-format.ts';
import type { PlacedLabel } from '../../../../shared/domain/label/lay-out-labels.ts';
import { classNames } from '../../../ui/class-names.ts';
import type { Symbols } from './use-symbols.ts';
import styles from './label-sheet.module.css';

export interface LabelSheetProps {
  readonly format: LabelFormat;
  readonly placed: readonly PlacedLabel[];
  readonly contents: readonly LabelContent[];
  readonly symbol: LabelSymbol;
  readonly symbols: Symbols;
  /** Shows the edges of the labels, on screen. */
  readonly isOutlined?: boolean;
}

/** One sheet as it is printed, in mm. */
export function LabelSheet({
  format,
  placed,
  contents,
  symbol,
  symbols,
  isOutlined = false,
}: LabelSheetProps): ReactNode {
  const { width, height } = format.page;
  return (
    <div className={classNames(styles, 'sheet')} style={{ inlineSize: `${width}mm`, blockSize: `${height}mm` }}>
      {placed.map(({ index, x, y }) => {
        const content = contents[index];
        return (
          <div
            key={index}
            className={classNames(styles, 'label', isOutlined && 'outlined')}
            style={placeOf({ ...format.label, x, y })}
          >
            {content === undefined ? null : (
              <Label content={content} format={format} symbol={symbol} symbols={symbols} />
            )}
          </div>
        );
      })}
    </div>
  );
}

interface LabelProps extends Pick<LabelSheetProps, 'format' | 'symbol' | 'symbols'> {
  readonly content: LabelContent;
}

function Label({ content, format, symbol, symbols }: LabelProps): ReactNode {
  const boxes = boxesOf(format.label, symbol, content.lines.length);
  return (
    <>
      {boxes.qr === null ? null : <Drawn box={boxes.qr} symbol={symbols.qr(content.qrText)} />}
      {boxes.bars === null ? null : <Drawn box={boxes.bars} symbol={symbols.bars(content.barText)} isStretched />}
      {boxes.barText === null ? null : (
        <span className={classNames(styles, 'line', 'mono')} style={lineOf(boxes.barText, boxes.barText.size)}>
          {content.barText}
        </span>
      )}
      {boxes.lines.map((box, index) => (
        <bdi
          key={box.y}
          className={classNames(styles, 'line', index === 0 && 'first', index === 1 && 'mono')}
          style={lineOf(box, box.size)}
        >
          {content.lines[index]}
        </bdi>
      ))}
    </>
  );
}

/** Bars fill their box; a square keeps its shape. The white around is part of the symbol. */
function Drawn({
  box,
  symbol,
  isStretched = false,
}: {
  readonly box: Box;
  readonly symbol: DrawnSymbol;
  readonly isStretched?: boolean;
}): ReactNode {
  const { width, height, quiet, path } = symbol;
  const around = isStretched ? 0 : quiet;
  return (
    <svg
      aria-hidden
      className={classNames(styles, 'symbol')}
      style={placeOf(box)}
      viewBox={`${-quiet} ${-around} ${width + 2 * quiet} ${height + 2 * around}`}
      preserveAspectRatio={isStretched ? 'none' : 'xMidYMid'}
      shapeRendering="crispEdges"
    >
      <path d={path} fillRule="evenodd" />
    </svg>
  );
}

function placeOf({ x, y, width, height }: Box): CSSProperties {
  return { insetInlineStart: `${x}mm`, insetBlockStart: `${y}mm`, inlineSize: `${width}mm`, blockSize: `${height}mm` };
}

function lineOf(box: Box, size: number): CSSProperties {
  return { ...placeOf(box), fontSize: `${size}mm` };
}
