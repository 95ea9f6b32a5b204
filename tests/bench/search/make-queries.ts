import { queryKinds, readTexts, writeQueries, type LabelledQuery, type QueryKind } from './labelled-queries.ts';

/**
 * Labelled queries from texts: node scripts/run-ts.mjs tests/bench/search/make-queries.ts TEXTS OUT [PER-KIND] [SEED]
 *
 * A text is drawn; its query is made of its words of four letters or more, in the order in which they stand in it:
 * - known-item: three of them, drawn
 * - typo: the same, and in one of five letters or more a letter is left out, doubled, changed or swapped with the next
 * - prefix: the same, and of the last only the first three letters or so (half of it) are typed
 * - far-apart: two that stand 20 words apart or more, each in less than 1% of the texts
 * Only texts whose words are not wholly in another are of use: the text itself is the one right answer. Every second
 * query is for tuning, the others judge.
 */
const [textsFile, outFile, perKind = '120', seed = '7'] = process.argv.slice(2);
if (textsFile === undefined || outFile === undefined)
  throw new Error('usage: make-queries.ts TEXTS OUT [PER-KIND] [SEED]');

let state = Number(seed) >>> 0;
/** Mulberry32. */
function chance(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let value = Math.imul(state ^ (state >>> 15), 1 | state);
  value ^= value + Math.imul(value ^ (value >>> 7), 61 | value);
  return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
}
const pick = (count: number): number => Math.floor(chance() * count);

const texts = readTexts(textsFile);
const split = texts.map((text) => text.split(/[^a-z]+/).filter((word) => word !== ''));
const frequency = new Map<string, number>();
for (const words of split) for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1);

function draw(words: readonly string[], count: number): readonly string[] {
  const places = new Set<number>();
  const usable = words.flatMap((word, at) => (word.length >= 4 && words.indexOf(word) === at ? [at] : []));
  if (usable.length < count * 2) return [];
  while (places.size < count) places.add(usable[pick(usable.length)] ?? 0);
  return [...places].sort((left, right) => left - right).map((at) => words[at] ?? '');
}

function misspell(word: string): string {
  const at = 1 + pick(word.length - 2);
  const letter = word[at] ?? '';
  const next = word[at + 1] ?? '';
  const [before, after] = [word.slice(0, at), word.slice(at + 1)];
  const kind = pick(4);
  if (kind === 0) return before + after;
  if (kind === 1) return before + letter + letter + after;
  if (kind === 2) return before + String.fromCharCode(97 + pick(26)) + after;
  return letter === next ? before + after : before + next + letter + after.slice(1);
}

function makeQuery(kind: QueryKind, words: readonly string[]): string | null {
  if (kind === 'far-apart') {
    const rare = words.flatMap((word, at) =>
      word.length >= 4 && (frequency.get(word) ?? 0) < texts.length / 100 ? [at] : [],
    );
    const first = rare[pick(rare.length)];
    const second = rare.filter((at) => first !== undefined && at >= first + 20);
    if (first === undefined || second.length === 0) return null;
    return `${words[first] ?? ''} ${words[second[pick(second.length)] ?? 0] ?? ''}`;
  }
  const drawn = draw(words, 3);
  if (drawn.length === 0) return null;
  if (kind === 'known-item') return drawn.join(' ');
  if (kind === 'prefix') {
    const last = drawn[2] ?? '';
    return `${drawn.slice(0, 2).join(' ')} ${last.slice(0, Math.max(3, Math.ceil(last.length / 2)))}`;
  }
  const long = drawn.flatMap((word, at) => (word.length >= 5 ? [at] : []));
  const place = long[pick(long.length)];
  if (place === undefined) return null;
  const wrong = misspell(drawn[place] ?? '');
  return wrong === drawn[place] ? null : drawn.map((word, at) => (at === place ? wrong : word)).join(' ');
}

/** Right answers to three words are few only when few texts have all of them. */
function isAnswerable(query: string, kind: QueryKind): boolean {
  const words = query.split(' ');
  const has = (text: readonly string[]): boolean => words.every((word) => text.includes(word));
  return kind === 'typo' || kind === 'prefix' || split.filter(has).length <= 30;
}

const queries: LabelledQuery[] = [];
for (const kind of queryKinds) {
  for (let count = 0; count < Number(perKind);) {
    const row = pick(texts.length);
    const query = makeQuery(kind, split[row] ?? []);
    if (query === null || !isAnswerable(query, kind)) continue;
    queries.push({ kind, half: count % 2 === 0 ? 'tune' : 'test', query, row });
    count += 1;
  }
}
writeQueries(outFile, queries);
process.stdout.write(`${queries.length} queries in ${outFile}\n`);
