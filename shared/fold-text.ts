const marks = /\p{Mn}/gu;
const separators = /[^\p{L}\p{N}]+/gu;

/** Lower case, without accents, words separated by one space and a space in front: what search compares. */
export function foldText(text: string): string {
  return ` ${text.normalize('NFKD').replace(marks, '').toLowerCase().replaceAll('ß', 'ss').replace(separators, ' ').trim()}`;
}
