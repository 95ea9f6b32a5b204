import type { Size } from './label-format.ts';

/** What stands on a label: a QR code, a Code 128 bar code, or both beside the words. */
export const labelSymbols = ['qr', 'code128', 'both'] as const;
export type LabelSymbol = (typeof labelSymbols)[number];

/** mm from the upper left corner of the label. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export interface TextBox extends Box {
  /** Height of the letters' line, mm. */
  readonly size: number;
}

export interface LabelBoxes {
  readonly qr: Box | null;
  readonly bars: Box | null;
  /** What the bars say, for people. */
  readonly barText: TextBox | null;
  /** Lines for people, the name first; as many as there is room for. */
  readonly lines: readonly TextBox[];
}

/** Narrowest module (mm) that a hand-held scanner and a phone read from a 300 dpi print. */
export const narrowestModule = { qr: 0.25, bars: 0.19 } as const;

const smallestText = 1.9;
const largestQr = 26;
/** Bars lower than this (mm) are missed by a hand-held scanner held at an angle. */
const lowestBars = 4.5;

/** Where everything stands on a label of this size; what has no room is null, and lines that do not fit are left out. */
export function boxesOf(label: Size, symbol: LabelSymbol, lines: number): LabelBoxes {
  const pad = Math.min(2, label.height * 0.08);
  const inner: Box = { x: pad, y: pad, width: label.width - 2 * pad, height: label.height - 2 * pad };
  const side = Math.min(inner.height, largestQr, inner.width * 0.6);
  const qr = symbol === 'code128' ? null : { x: pad, y: pad + (inner.height - side) / 2, width: side, height: side };
  const textX = qr === null ? pad : pad + side + 1;
  const column: Box = { x: textX, y: pad, width: label.width - pad - textX, height: inner.height };
  const { bars, barText } = symbol === 'qr' ? { bars: null, barText: null } : placeBars(column);
  const room = (bars === null ? column.y + column.height : bars.y - 0.6) - column.y;
  return { qr, bars, barText, lines: placeLines(column, room, lines) };
}

/** The bars stand at the foot of the words, with what they say below; the words keep at least half of the height. */
function placeBars(column: Box): Pick<LabelBoxes, 'bars' | 'barText'> {
  const size = smallestText;
  const height = Math.min(10, column.height * 0.5 - size);
  if (height < lowestBars) {
    // On a low label the bars speak alone, for people by their text: the words give way.
    const alone = column.height - size;
    if (alone < lowestBars) return { bars: null, barText: null };
    return stack(column, Math.min(alone, lowestBars + 1), size);
  }
  return stack(column, height, size);
}

function stack({ x, y, width, height }: Box, barHeight: number, size: number): Pick<LabelBoxes, 'bars' | 'barText'> {
  const foot = y + height;
  return {
    bars: { x, y: foot - size - barHeight, width, height: barHeight },
    barText: { x, y: foot - size, width, height: size, size },
  };
}

/** The name is a third larger than the lines below it. */
function placeLines(column: Box, room: number, wanted: number): readonly TextBox[] {
  for (let count = wanted; count > 0; count -= 1) {
    const size = Math.min(3.4, room / (count + 0.4) / 1.12);
    if (size < smallestText) continue;
    let y = column.y;
    return Array.from({ length: count }, (_, index) => {
      const own = index === 0 ? size * 1.33 : size;
      const box = { x: column.x, y, width: column.width, height: own * 1.12, size: own };
      y += box.height;
      return box;
    });
  }
  return room < 1.2 ? [] : [{ x: column.x, y: column.y, width: column.width, height: room, size: Math.min(room, 3) }];
}
