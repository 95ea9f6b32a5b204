import { useEffect, useState } from 'react';
import type { DrawnSymbol } from '../../../../shared/domain/label/draw-symbol.ts';

/** Draws symbols, each text once. */
export interface Symbols {
  readonly qr: (text: string) => DrawnSymbol;
  readonly bars: (text: string) => DrawnSymbol;
}

/** The drawing of symbols is a part of its own, loaded when labels are first shown; undefined until it is here. */
export function useSymbols(): Symbols | undefined {
  const [symbols, setSymbols] = useState<Symbols>();
  useEffect(() => {
    let isWanted = true;
    void import('../../../../shared/domain/label/draw-symbol.ts').then((drawing) => {
      if (isWanted) setSymbols({ qr: rememberEach(drawing.drawQrCode), bars: rememberEach(drawing.drawCode128) });
    });
    return () => {
      isWanted = false;
    };
  }, []);
  return symbols;
}

function rememberEach(draw: (text: string) => DrawnSymbol): (text: string) => DrawnSymbol {
  const drawn = new Map<string, DrawnSymbol>();
  return (text) => {
    const found = drawn.get(text) ?? draw(text);
    drawn.set(text, found);
    return found;
  };
}
