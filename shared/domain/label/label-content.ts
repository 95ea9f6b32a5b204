import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { RecordValues } from '../change.ts';
import { assetLink, stableReference } from './asset-link.ts';

/** What a QR code can hold; a link opens the asset on a desk, the others are read by any program. */
export const qrContents = ['link', 'reference', 'assetTag', 'serial'] as const;
export type QrContent = (typeof qrContents)[number];

/** What bars can hold: a link would be too long for any label. */
export const barContents = ['reference', 'assetTag', 'serial'] as const;
export type BarContent = (typeof barContents)[number];

/** Fields a label can name below the name and the reference. */
export const labelFields = ['assetTag', 'serial', 'model', 'site', 'location', 'assignedTo', 'owner'] as const;
export type LabelField = (typeof labelFields)[number];

export interface LabelChoice {
  readonly qr: QrContent;
  readonly bars: BarContent;
  readonly fields: readonly LabelField[];
}

/** An asset as a label needs it. */
export interface LabelledAsset {
  readonly id: string;
  readonly values: RecordValues;
  readonly titles: Readonly<Record<string, string>>;
}

/** `missing`: the asset has none, so its reference is used. `not-encodable`: Code 128 holds ASCII only. */
export type FellBack = 'missing' | 'not-encodable' | null;

export interface LabelContent {
  readonly qrText: string;
  readonly barText: string;
  readonly fellBack: { readonly qr: FellBack; readonly bars: FellBack };
  /** Name, reference, then what was chosen and is there. */
  readonly lines: readonly string[];
}

/** Longest text put into a symbol, in UTF-8 bytes: more would need a QR code that no label has room for. */
const longestQrText = 120;
const longestBarText = 40;

export function labelContent(asset: LabelledAsset, choice: LabelChoice): LabelContent {
  const reference = stableReference(asset.id, asset.values);
  const qr = textFor(asset, choice.qr, (text) => utf8ToBytes(text).length <= longestQrText);
  const bars = textFor(asset, choice.bars, isBarText);
  return {
    qrText: choice.qr === 'link' ? assetLink(reference) : qr.text,
    barText: bars.text,
    fellBack: { qr: qr.fellBack, bars: bars.fellBack },
    lines: [
      textOf(asset, 'name') || reference,
      reference,
      ...choice.fields.map((field) => textOf(asset, field)).filter((text) => text !== ''),
    ],
  };
}

/** Printable ASCII: what every Code 128 reader gives back as it was. */
export function isBarText(text: string): boolean {
  return text.length <= longestBarText && /^[\x20-\x7e]+$/.test(text);
}

function textFor(
  asset: LabelledAsset,
  content: QrContent,
  isEncodable: (text: string) => boolean,
): { readonly text: string; readonly fellBack: FellBack } {
  const reference = stableReference(asset.id, asset.values);
  if (content === 'link' || content === 'reference') return { text: reference, fellBack: null };
  const text = textOf(asset, content);
  if (text === '') return { text: reference, fellBack: 'missing' };
  return isEncodable(text) ? { text, fellBack: null } : { text: reference, fellBack: 'not-encodable' };
}

function textOf({ values, titles }: LabelledAsset, field: string): string {
  const title = titles[field];
  if (title !== undefined) return title;
  const value = values[field];
  return typeof value === 'string' ? value.trim() : '';
}
