import type { RecordValues } from '../change.ts';

const prefix = 'holdfast://asset/';

/**
 * What a label points to for ever: the reference the device gave the asset (D1), which no later number replaces; an
 * asset from elsewhere that has none is named by its id.
 */
export function stableReference(id: string, values: RecordValues): string {
  const { reference } = values;
  return typeof reference === 'string' && reference !== '' ? reference : id;
}

/**
 * The link a label carries. It names no server and no space, so that it outlives both. In capitals, as addresses may
 * be: a QR code of capitals is a size smaller.
 */
export function assetLink(reference: string): string {
  return `${prefix}${reference}`.toUpperCase();
}

/** The reference in a link of ours; the text itself when it is none. What a scanner adds around it is left out. */
export function scannedText(scanned: string): string {
  const text = scanned.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
  if (text.toLowerCase().startsWith(prefix)) return text.slice(prefix.length).replace(/\/$/, '');
  return text;
}
