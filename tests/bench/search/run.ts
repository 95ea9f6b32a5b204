import fs from 'node:fs';
import { encodePart } from '../../../shared/search/sealed-part.ts';
import { SearchIndex } from '../../../shared/search/search-index.ts';
import { searchRecords } from '../../../shared/search/search-records.ts';
import { queryKinds, readQueries, readTexts, type LabelledQuery } from './labelled-queries.ts';

/**
 * How well search finds: npm run search-eval -- TEXTS QUERIES
 * TEXTS is a CSV file (also .gz) with a column Document; QUERIES one with kind, half, query, row (from 0), see
 * make-queries.ts. Recall and reciprocal rank of the right text among the first ten are told for the half that judges,
 * beside MiniSearch and Orama on the same data, each with the options that were best for it on the tuning half.
 */
const shown = 10;

interface Engine {
  readonly name: string;
  readonly buildMs: number;
  readonly bytes: number;
  /** Rows of the first ten texts, for each way to ask. */
  readonly ways: Readonly<Record<string, (query: string) => Promise<readonly number[]> | readonly number[]>>;
}

const now = (): number => performance.now();

function buildOwn(texts: readonly string[]): Engine {
  const began = now();
  const index = new SearchIndex(1);
  texts.forEach((text, row) => index.put(String(row), [text]));
  index.seal();
  index.compactNow();
  const buildMs = now() - began;
  const bytes = index.sealed.reduce((sum, part) => sum + encodePart(part.content).length, 0);
  const search = (query: string): readonly number[] =>
    searchRecords(index, { wanted: [{ text: query, isPhrase: false }], weights: [1], limit: shown }).hits.map((hit) =>
      Number(hit.id),
    );
  return { name: 'Holdfast', buildMs, bytes, ways: { 'as it is': search } };
}

async function buildMiniSearch(texts: readonly string[]): Promise<Engine> {
  const { default: MiniSearch } = await import('minisearch');
  const began = now();
  const index = new MiniSearch({ fields: ['text'] });
  index.addAll(texts.map((text, id) => ({ id, text })));
  const buildMs = now() - began;
  const bytes = Buffer.byteLength(JSON.stringify(index));
  const ways: Record<string, (query: string) => readonly number[]> = {};
  for (const combineWith of ['AND', 'OR'] as const)
    for (const fuzzy of [0, 0.2])
      for (const prefix of ['all', 'last'] as const)
        ways[`${combineWith}, fuzzy ${fuzzy}, prefix ${prefix}`] = (query) =>
          index
            .search(query, {
              combineWith,
              fuzzy,
              prefix: prefix === 'all' ? true : (_term, at, terms) => at === terms.length - 1,
            })
            .slice(0, shown)
            .map(({ id }) => id);
  return { name: 'MiniSearch', buildMs, bytes, ways };
}

async function buildOrama(texts: readonly string[]): Promise<Engine> {
  const { create, insertMultiple, save, search } = await import('@orama/orama');
  const began = now();
  const index = create({ schema: { text: 'string' } });
  await insertMultiple(
    index,
    texts.map((text, row) => ({ id: String(row), text })),
    1_000,
  );
  const buildMs = now() - began;
  const bytes = Buffer.byteLength(JSON.stringify(save(index).index));
  const ways: Record<string, (query: string) => Promise<readonly number[]>> = {};
  for (const threshold of [0, 1])
    for (const tolerance of [0, 1])
      ways[`threshold ${threshold}, tolerance ${tolerance}`] = async (term) => {
        const { hits } = await search(index, { term, limit: shown, threshold, tolerance });
        return hits.map(({ id }) => Number(id));
      };
  return { name: 'Orama', buildMs, bytes, ways };
}

interface Figures {
  readonly recall: number;
  readonly rank: number;
}

async function judge(
  ask: Engine['ways'][string],
  queries: readonly LabelledQuery[],
  texts: readonly string[],
): Promise<Figures & { readonly ms: number }> {
  let found = 0;
  let rank = 0;
  const times: number[] = [];
  for (const { query, row } of queries) {
    const began = now();
    const rows = await ask(query);
    times.push(now() - began);
    // Texts that are the same are the same answer.
    const at = rows.slice(0, shown).findIndex((each) => texts[each] === texts[row]);
    if (at >= 0) {
      found += 1;
      rank += 1 / (at + 1);
    }
  }
  const count = Math.max(1, queries.length);
  const ms = times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
  return { recall: found / count, rank: rank / count, ms };
}

const [textsFile, queriesFile, only = ''] = process.argv.slice(2);
if (textsFile === undefined || queriesFile === undefined || !fs.existsSync(textsFile) || !fs.existsSync(queriesFile)) {
  process.stderr.write(
    'usage: npm run search-eval -- TEXTS QUERIES\nTEXTS: CSV (also .gz) with a column Document; QUERIES: CSV with kind, half, query, row.\n',
  );
  process.exit(2);
}
const texts = readTexts(textsFile);
const queries = readQueries(queriesFile);
const tune = queries.filter(({ half }) => half === 'tune');
const test = queries.filter(({ half }) => half === 'test');
process.stdout.write(`${texts.length} texts, ${test.length} queries that judge, ${tune.length} for tuning\n`);

const builders = only === 'own' ? [buildOwn] : [buildOwn, buildMiniSearch, buildOrama];
let own: Engine | null = null;
for (const build of builders) {
  const engine = await build(texts);
  own ??= engine;
  let best: { readonly name: string; readonly figures: Figures } | null = null;
  for (const [name, ask] of Object.entries(engine.ways)) {
    const figures = await judge(ask, tune, texts);
    if (best === null || figures.recall + figures.rank > best.figures.recall + best.figures.rank)
      best = { name, figures };
  }
  const ask = engine.ways[best?.name ?? ''];
  if (!best || !ask) continue;
  const all = await judge(ask, test, texts);
  const tell = ({ recall, rank }: Figures): string => `${recall.toFixed(3)} ${rank.toFixed(3)}`;
  process.stdout.write(
    `\n${engine.name} (${best.name})\n` +
      `  recall@10, MRR   test ${tell(all)}   tune ${tell(best.figures)}   median ${all.ms.toFixed(1)} ms a query\n`,
  );
  for (const kind of queryKinds)
    process.stdout.write(
      `    ${kind.padEnd(12)} ${tell(
        await judge(
          ask,
          test.filter((query) => query.kind === kind),
          texts,
        ),
      )}\n`,
    );
  process.stdout.write(
    `  build ${(engine.buildMs / 1_000).toFixed(2)} s (${(engine.buildMs / own.buildMs).toFixed(1)} x ours), ` +
      `index ${(engine.bytes / texts.length).toFixed(0)} bytes a text (${(engine.bytes / own.bytes).toFixed(1)} x ours)\n`,
  );
}
