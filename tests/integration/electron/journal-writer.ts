import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { nodeFileSystem as disk } from '../../../electron/main/journal/node-file-system.ts';
import { createSpaces } from '../../../electron/main/journal/spaces.ts';

/**
 * A program of its own, to be killed: appends entries for as long as it lives, some alone, some in batches, and names
 * on standard output the number of each that was acknowledged. Argument: the folder of the spaces.
 */
const root = process.argv[2] ?? '';
const place = {
  disk,
  reserve: { release: async () => false },
  machine: 'm',
  now: Date.now,
  random: randomBytes,
  segmentBytes: 60_000,
};
const { journal, drafts } = await createSpaces(path.resolve(root), place).open('desk');

for (;;) {
  const first = journal.state.lastSeq + 1;
  const count = first % 5 === 0 ? 40 : 1;
  const entries = Array.from({ length: count }, (_, at) => ({
    seq: first + at,
    text: `{"n":${first + at},"filler":"${'x'.repeat(200)}"}`,
  }));
  await Promise.all([journal.append(entries), drafts.save('draft', `draft ${first}`)]);
  process.stdout.write(`${journal.state.lastSeq} ${first}\n`);
}
