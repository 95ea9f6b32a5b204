import fs from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { beforeAll, describe, expect, it } from 'vitest';
import { assetLink, scannedText, stableReference } from '../../../../../shared/domain/label/asset-link.ts';
import { drawCode128, drawQrCode, type DrawnSymbol } from '../../../../../shared/domain/label/draw-symbol.ts';
import { boxesOf, labelSymbols, narrowestModule } from '../../../../../shared/domain/label/label-boxes.ts';
import { labelContent } from '../../../../../shared/domain/label/label-content.ts';
import { labelFormats } from '../../../../../shared/domain/label/label-format.ts';

beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = Uint8Array.from(fs.readFileSync(file)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
});

const pixels = 4;

/** The symbol as a picture, drawn from its path by the even-odd rule, and what a decoder reads in it. */
async function decode(symbol: DrawnSymbol): Promise<{ readonly text: string; readonly format: string } | null> {
  const { quiet, path } = symbol;
  const isLinear = symbol.height === 1;
  const rows = isLinear ? 20 : symbol.height;
  const width = (symbol.width + 2 * quiet) * pixels;
  const height = (rows + 2 * quiet) * pixels;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const rings = ringsOf(path);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < symbol.width; column += 1)
      if (isInside(rings, column + 0.5, isLinear ? 0.5 : row + 0.5))
        for (let y = 0; y < pixels; y += 1)
          for (let x = 0; x < pixels; x += 1)
            data.fill(
              0,
              (((row + quiet) * pixels + y) * width + (column + quiet) * pixels + x) * 4,
              (((row + quiet) * pixels + y) * width + (column + quiet) * pixels + x) * 4 + 3,
            );
  const [found] = await readBarcodes({ data, width, height, colorSpace: 'srgb' });
  return found === undefined ? null : { text: found.text, format: found.format };
}

type Ring = readonly (readonly [x: number, y: number])[];

function ringsOf(path: string): readonly Ring[] {
  return path
    .split('z')
    .filter((ring) => ring !== '')
    .map((ring) => {
      const bar = /^M(-?[\d.]+) 0h([\d.]+)v1h-[\d.]+$/.exec(ring);
      if (bar !== null) {
        const [left, right] = [Number(bar[1]), Number(bar[1]) + Number(bar[2])];
        return [
          [left, 0],
          [right, 0],
          [right, 1],
          [left, 1],
        ] as const;
      }
      return ring
        .slice(1)
        .split('L')
        .map((point) => point.split(' ').map(Number) as unknown as readonly [number, number]);
    });
}

function isInside(rings: readonly Ring[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings)
    ring.forEach(([fromX, fromY], index) => {
      const [toX, toY] = ring[(index + 1) % ring.length] ?? [fromX, fromY];
      if (fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX) inside = !inside;
    });
  return inside;
}

const hostile = [
  '^029^FNC1',
  '%00%0d',
  '<script>alert(1)</script>',
  '"; DROP TABLE assets; --',
  '=HYPERLINK("http://x")',
  '\\u0041 {0} ${x}',
  '~!@#$%^&*()_+|}{":?><',
  '000123',
  ' leading and trailing ',
];

describe('labels: symbols are read back by a decoder', () => {
  it('a link in a QR code, in capitals, gives the reference back', async () => {
    const link = assetLink('CI-K3V9-17');
    const read = await decode(drawQrCode(link));
    expect(read).toEqual({ text: 'HOLDFAST://ASSET/CI-K3V9-17', format: 'QRCode' });
    expect(scannedText(read?.text ?? '')).toBe('CI-K3V9-17');
    expect(drawQrCode(link).width).toBe(25);
  });

  it.each(hostile)('hostile text %j is encoded as it is, in both symbols', async (text) => {
    expect((await decode(drawQrCode(text)))?.text).toBe(text);
    expect(await decode(drawCode128(text))).toEqual({ text, format: 'Code128' });
  });

  it.each(['Gerät 7 – Übergabe', 'ноутбук', '机器 42', '🖨️', 'a\u202Eb'])(
    'a QR code takes every script: %j',
    async (text) => {
      expect((await decode(drawQrCode(text)))?.text).toBe(text);
    },
  );

  it('Code 128 refuses what its readers do not give back', () => {
    for (const text of ['', 'Gerät', 'a\tb', 'a\0b', '\u001d12', 'x'.repeat(41)])
      expect(() => drawCode128(text), JSON.stringify(text)).toThrow(RangeError);
  });

  it('any printable ASCII text survives Code 128, any text QR', { timeout: 60_000 }, async () => {
    const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(ascii, async (text) => (await decode(drawCode128(text)))?.text === text),
      { numRuns: 25 },
    );
    const any = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(any, async (text) => (await decode(drawQrCode(text)))?.text === text),
      { numRuns: 15 },
    );
  });

  it('the decoder is no yes-man: a symbol with a hole is not read', async () => {
    const drawn = drawCode128('CI-K3V9-17');
    const parts = drawn.path.split('z');
    expect(await decode({ ...drawn, path: parts.filter((_, index) => index !== 4).join('z') })).toBeNull();
  });
});

describe('labels: a reference fits every format', () => {
  it.each(labelFormats.map((format) => [format.name, format] as const))('%s', (_name, format) => {
    const reference = drawQrCode('CI-K3V9-17');
    const { qr } = boxesOf(format.label, 'qr', 3);
    expect((qr?.width ?? 0) / (reference.width + 2 * reference.quiet)).toBeGreaterThanOrEqual(narrowestModule.qr);
    for (const symbol of labelSymbols) {
      const boxes = boxesOf(format.label, symbol, 5);
      for (const box of [boxes.qr, boxes.bars, boxes.barText, ...boxes.lines]) {
        if (box === null) continue;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(format.label.width);
        expect(box.y + box.height).toBeLessThanOrEqual(format.label.height + 0.001);
      }
      const { bars, lines } = boxes;
      if (bars !== null) for (const line of lines) expect(line.y + line.height).toBeLessThanOrEqual(bars.y + 0.001);
    }
  });
});

describe('labels: what they say', () => {
  const asset = {
    id: '0193-a',
    values: { reference: 'CI-K3V9-17', name: 'NB-BEL-001', serial: 'Gerät 7', assetTag: 'A-0042' },
    titles: { site: 'Belgrade' },
  };

  it('the device reference stays on the label whatever number comes later (D1)', () => {
    const numbered = { ...asset.values, number: 'CI0001234' };
    expect(stableReference(asset.id, numbered)).toBe('CI-K3V9-17');
    expect(stableReference('0193-a', { name: 'from elsewhere' })).toBe('0193-a');
  });

  it('bars that cannot hold a serial hold the reference, and say so', () => {
    const content = labelContent(asset, { qr: 'serial', bars: 'serial', fields: ['assetTag', 'model', 'site'] });
    expect(content.qrText).toBe('Gerät 7');
    expect(content.barText).toBe('CI-K3V9-17');
    expect(content.fellBack).toEqual({ qr: null, bars: 'not-encodable' });
    expect(content.lines).toEqual(['NB-BEL-001', 'CI-K3V9-17', 'A-0042', 'Belgrade']);
  });

  it('an asset without a tag is labelled all the same', () => {
    const content = labelContent(
      { ...asset, values: { reference: 'CI-1' } },
      { qr: 'assetTag', bars: 'assetTag', fields: [] },
    );
    expect(content).toMatchObject({ qrText: 'CI-1', barText: 'CI-1', fellBack: { qr: 'missing', bars: 'missing' } });
    expect(content.lines[0]).toBe('CI-1');
  });

  it('a scan gives the reference, whatever the scanner adds', () => {
    expect(scannedText('HOLDFAST://ASSET/CI-K3V9-17\r\n')).toBe('CI-K3V9-17');
    expect(scannedText('\u001dholdfast://asset/ci-k3v9-17/')).toBe('ci-k3v9-17');
    expect(scannedText(' A-0042 ')).toBe('A-0042');
    expect(scannedText('https://example.org/asset/1')).toBe('https://example.org/asset/1');
  });
});
