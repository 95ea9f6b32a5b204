/**
 * How well a command's label answers what was typed into the palette: 3 the label begins with it, 2 every typed word
 * begins a word of the label, 1 every typed word is somewhere in it, 0 not at all. Case and accents do not count.
 */
export function matchCommand(label: string, typed: string): 0 | 1 | 2 | 3 {
  const folded = fold(label);
  const wanted = fold(typed).trim();
  if (folded.startsWith(wanted)) return 3;
  const labelWords = folded.split(/[^\p{L}\p{N}]+/u);
  const typedWords = wanted.split(/\s+/u);
  if (typedWords.every((word) => labelWords.some((labelWord) => labelWord.startsWith(word)))) return 2;
  return typedWords.every((word) => folded.includes(word)) ? 1 : 0;
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
