/** Marks that change a letter only in its looks; the voicing marks of kana make another letter and stay. */
const marks = /(?![\u3099\u309a])\p{Mn}/gu;
const isAscii = /^[\u0000-\u007f]*$/;
/** Letters that no decomposition takes apart. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
};
const special = /[ßæœøłđðþıħ]/gu;

/** Case, accents, widths and ligatures do not count: what two spellings of one word have in common. */
export function foldWord(word: string): string {
  if (isAscii.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(special, (letter) => plainLetters[letter] ?? letter)
    .replace(marks, '');
}
