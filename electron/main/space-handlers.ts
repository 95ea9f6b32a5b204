import type { DesktopHandlers } from './answer-call.ts';
import type { FileSystem } from './journal/file-system.ts';
import { readSentinel, writeSentinel } from './journal/sentinel-file.ts';
import type { Spaces } from './journal/spaces.ts';

type SpaceCall = Extract<
  keyof DesktopHandlers,
  `journal${string}` | `sentinel${string}` | `snapshot${string}` | `draft${string}`
>;

/**
 * The calls about what main keeps of a space outside IndexedDB (D8).
 * @param writing told when a change is being written, here and in IndexedDB
 */
export function createSpaceHandlers(
  disk: FileSystem,
  spaces: Spaces,
  opened: (space: string) => void,
  writing: () => void,
): Pick<DesktopHandlers, SpaceCall> {
  return {
    journalOpen: async ({ space }) => {
      const { journal } = await spaces.open(space);
      opened(space);
      return journal.state;
    },
    journalAppend: async ({ space, first, lines }) => {
      writing();
      const { journal } = await spaces.open(space);
      const entries = lines.split('\n').map((text, index) => ({ seq: first + index, text }));
      await journal.append(entries);
      return { lastSeq: first + entries.length - 1 };
    },
    journalRead: async ({ space, after, limit, aside }) => {
      const stores = await spaces.open(space);
      return aside === undefined ? stores.journal.read(after, limit) : stores.aside.read(aside, after, limit);
    },
    journalsAside: async ({ space }) => (await spaces.open(space)).aside.list(),
    journalRestart: async ({ space, as }) => (await (await spaces.open(space)).restartJournal(as)).state,
    sentinelRead: async ({ space }) => readSentinel(disk, (await spaces.open(space)).folder),
    sentinelWrite: async ({ space, sentinel }) => {
      await writeSentinel(disk, (await spaces.open(space)).folder, sentinel);
      return null;
    },
    snapshotBegin: async ({ space, lastSeq, records }) => (await spaces.open(space)).snapshots.begin(lastSeq, records),
    snapshotWrite: async ({ space, id, part, bytes }) => {
      await (await spaces.open(space)).snapshots.write(id, part, bytes);
      return null;
    },
    snapshotCommit: async ({ space, id }) => (await spaces.open(space)).snapshots.commit(id),
    snapshotList: async ({ space }) => (await spaces.open(space)).snapshots.list(),
    snapshotRead: async ({ space, id, part }) => ({ bytes: await (await spaces.open(space)).snapshots.read(id, part) }),
    draftSave: async ({ space, key, text }) => (await spaces.open(space)).drafts.save(key, text),
    draftDelete: async ({ space, key }) => {
      await (await spaces.open(space)).drafts.delete(key);
      return null;
    },
    draftList: async ({ space }) => (await spaces.open(space)).drafts.list(),
  };
}
