import { foldText } from '../../../fold-text.ts';

/** Words that say nothing of what is broken: those of letters, and those in which every second ticket is written. */
const silent: ReadonlySet<string> = new Set(
  (
    'the and for with from this that have has had was were are not but you your our their his her its they them she ' +
    'can cannot could would should will shall may might must does did doing done been being get gets got getting when ' +
    'what which who whom where why how all any some each few more most other another such only own same than then too ' +
    'very just now here there also into onto over under after before again once both because while until about against ' +
    'between through during please thanks thank regards kind best dear hello hi hey sincerely good morning afternoon ' +
    'need needs needed want wants like let know help support able unable issue issues problem problems error errors ' +
    'ticket tickets request requests incident incidents update updated see sent send received receive subject attached ' +
    'tuesday monday wednesday thursday friday saturday sunday january february march april june july august september ' +
    'october november december team user users new use used using try tried still since today yesterday tomorrow ' +
    'importance high low registered subsidiary kingdom street road whose floor confidential intended recipient ' +
    'attachment enclosed details detail following information info inform informed forward forwarded fill filled ' +
    'urgent asap soon working work works worked per due via one two und der die das den dem des ein eine einen einem ' +
    'ist sind war nicht kein keine mit von vom zum zur für auf aus bei nach über wir ich sie ihr ihre uns mein meine ' +
    'bitte danke hallo guten tag morgen mehr auch noch wenn wird werden wurde kann können geht problem fehler'
  ).split(' '),
);

/** Characters of a text that are looked at: what is broken is said at the beginning. */
const readAtMost = 2_000;

/** An ending that makes no other thing of a word: `printers`, `printing` and `printer` are one here. */
function stemOf(word: string): string {
  const stem = word.replace(/(ings?|edly|ed|ers?|ies|es|s|en|e)$/, '');
  return stem.length >= 4 ? stem : word;
}

/** The words of a text that tell what it is about, folded, without endings, each once. Numbers alone say nothing. */
export function tellingWords(text: string): ReadonlySet<string> {
  const words = foldText(text.slice(0, readAtMost)).match(/[\p{L}\p{N}][\p{L}\p{N}_-]{2,}/gu) ?? [];
  return new Set(words.filter((word) => !silent.has(word) && /\p{L}/u.test(word)).map(stemOf));
}

/** Words as people spell them: for each stem the commonest word of these texts that has it, else the stem. */
export function spelledOut(stems: readonly string[], texts: readonly string[]): readonly string[] {
  const counts = new Map<string, Map<string, number>>();
  for (const word of texts.flatMap((text) => foldText(text).match(/[\p{L}\p{N}][\p{L}\p{N}_-]{2,}/gu) ?? [])) {
    const spellings = counts.get(stemOf(word)) ?? new Map<string, number>();
    counts.set(stemOf(word), spellings.set(word, (spellings.get(word) ?? 0) + 1));
  }
  return stems.map((stem) => {
    const [first] = [...(counts.get(stem) ?? [])].sort(([, left], [, right]) => right - left);
    return first?.[0] ?? stem;
  });
}
