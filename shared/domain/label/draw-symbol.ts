import { code128, qrcode, type DrawingContext } from 'bwip-js/generic';
import { isBarText } from './label-content.ts';

/**
 * A symbol as one path, in modules (the narrowest bar or the square); a bar code is one module high and is stretched.
 * Fill it by the even-odd rule.
 */
export interface DrawnSymbol {
  readonly width: number;
  readonly height: number;
  readonly path: string;
  /** Modules that stay white around it, or no scanner finds it. */
  readonly quiet: number;
}

/** A QR code, error correction M (15 %): labels are scratched. Text of any script, as UTF-8. */
export function drawQrCode(text: string): DrawnSymbol {
  // Two units a module: so the library draws every square symbol at scale 1.
  const options = { bcid: 'qrcode', text, scale: 1, eclevel: 'M' };
  const { width, height, path } = qrcode(options, pathDrawing(2));
  return { width, height, path, quiet: 4 };
}

/** @throws RangeError for text that is no printable ASCII of 1 to 40 characters; see `isBarText`. */
export function drawCode128(text: string): DrawnSymbol {
  if (!isBarText(text)) throw new RangeError('drawCode128: expected 1 to 40 printable ASCII characters');
  const { width, path } = code128({ bcid: 'code128', text, scaleX: 1, scaleY: 1, height: 1 }, pathDrawing(1));
  return { width, height: 1, path, quiet: 10 };
}

interface DrawnPath {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

/** Collects what the library draws as a path. `unit`: library units a module. */
function pathDrawing(unit: number): DrawingContext<DrawnPath> {
  let size = { width: 0, height: 0 };
  const parts: string[] = [];
  const nothing = (): void => undefined;
  return {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => {
      size = { width: width / unit, height: height / unit };
    },
    // A bar: upright, its place given by its middle, rounded up.
    line: (x, _y, _x, _end, thick) => {
      parts.push(`M${x - Math.ceil(thick / 2)} 0h${thick}v1h-${thick}z`);
    },
    polygon: (points) => {
      parts.push(`M${points.map(([x, y]) => `${x / unit} ${y / unit}`).join('L')}z`);
    },
    hexagon: nothing,
    ellipse: nothing,
    fill: nothing,
    text: nothing,
    end: () => ({ ...size, path: parts.join('') }),
  };
}
