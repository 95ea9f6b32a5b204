import type { Draft, JournalEntry, Sentinel, SnapshotInfo } from '../../shared/desktop-api.ts';
import { StandInFailure, type Handlers } from './stand-in-handlers.ts';
import type { BrowserStorage } from './browser-storage.ts';

type RecordCalls =
  | 'journalOpen'
  | 'journalAppend'
  | 'journalRead'
  | 'journalsAside'
  | 'journalRestart'
  | 'sentinelRead'
  | 'sentinelWrite'
  | 'snapshotBegin'
  | 'snapshotWrite'
  | 'snapshotCommit'
  | 'snapshotList'
  | 'snapshotRead'
  | 'draftSave'
  | 'draftDelete'
  | 'draftList';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const everything = 1_000_000;
const journalKey = (space: string, seq: number): string => `journal/${space}/${String(seq).padStart(12, '0')}`;

/** Journal, sentinel, snapshots and drafts, as the main process keeps them in files. */
export function createBrowserRecords(storage: BrowserStorage): Pick<Handlers, RecordCalls> {
  const listUnder = (prefix: string): ReturnType<BrowserStorage['range']> =>
    storage.range(prefix, `${prefix}\uffff`, everything);
  const lastSeq = async (space: string): Promise<number> => {
    const key = await storage.lastKey(journalKey(space, 0), `journal/${space}/~`);
    return key === undefined ? 0 : Number(key.slice(key.lastIndexOf('/') + 1));
  };

  return {
    journalOpen: async ({ space }) => {
      const known = await storage.read(`device/${space}`);
      const device = typeof known === 'string' ? known : mintDevice();
      if (known !== device) await storage.write([[`device/${space}`, device]]);
      return { device, lastSeq: await lastSeq(space), damage: [] };
    },
    journalAppend: async ({ space, first, lines }) => {
      const before = await lastSeq(space);
      // An empty journal takes any first number, as in main.
      if (before > 0 && first !== before + 1)
        throw new StandInFailure('conflict', `expected sequence ${before + 1}, got ${first}`);
      const texts = lines.split('\n');
      await storage.write(texts.map((text, index) => [journalKey(space, first + index), text]));
      return { lastSeq: first + texts.length - 1 };
    },
    journalRead: async ({ space, after, limit }) => {
      const found = await storage.range(journalKey(space, after + 1), `journal/${space}/~`, limit + 1);
      const entries: readonly JournalEntry[] = found
        .slice(0, limit)
        .map(({ key, value }) => ({ seq: Number(key.slice(key.lastIndexOf('/') + 1)), text: String(value) }));
      return { entries, more: found.length > limit };
    },
    // The stand-in keeps one journal: a restart forgets its lines, which the database holds.
    journalsAside: async () => [],
    journalRestart: async ({ space, as }) => {
      for (const { key } of await listUnder(`journal/${space}/`)) await storage.remove(key);
      const known = await storage.read(`device/${space}`);
      const device = as === 'same-device' && typeof known === 'string' ? known : mintDevice();
      await storage.write([[`device/${space}`, device]]);
      return { device, lastSeq: 0, damage: [] };
    },
    sentinelRead: async ({ space }) => ((await storage.read(`sentinel/${space}`)) ?? null) as Sentinel | null,
    sentinelWrite: async ({ space, sentinel }) => {
      await storage.write([[`sentinel/${space}`, sentinel]]);
      return null;
    },
    snapshotBegin: async ({ space, lastSeq: seq, records }) => {
      const id = `snapshot-${String(Date.now()).padStart(16, '0')}`;
      const info: SnapshotInfo = {
        id,
        takenAt: Date.now(),
        records,
        bytes: 0,
        parts: 0,
        lastSeq: seq,
        verified: false,
      };
      await storage.write([[`snapshot/${space}/${id}`, info]]);
      return { id };
    },
    snapshotWrite: async ({ space, id, part, bytes }) => {
      await storage.write([[`snapshot-part/${space}/${id}/${String(part).padStart(6, '0')}`, bytes]]);
      return null;
    },
    snapshotCommit: async ({ space, id }) => {
      const begun = (await storage.read(`snapshot/${space}/${id}`)) as SnapshotInfo | undefined;
      if (begun === undefined) throw new StandInFailure('not-found', `no snapshot ${id} was begun`);
      const parts = await listUnder(`snapshot-part/${space}/${id}/`);
      const bytes = parts.reduce((sum, { value }) => sum + (value instanceof Uint8Array ? value.byteLength : 0), 0);
      const info: SnapshotInfo = { ...begun, parts: parts.length, bytes, verified: true };
      await storage.write([[`snapshot/${space}/${id}`, info]]);
      return info;
    },
    snapshotList: async ({ space }) => {
      const found = (await listUnder(`snapshot/${space}/`)).map(({ value }) => value as SnapshotInfo);
      return found.filter((info) => info.verified).toReversed();
    },
    snapshotRead: async ({ space, id, part }) => {
      const bytes = await storage.read(`snapshot-part/${space}/${id}/${String(part).padStart(6, '0')}`);
      if (!(bytes instanceof Uint8Array)) throw new StandInFailure('not-found', `snapshot ${id} has no part ${part}`);
      return { bytes };
    },
    draftSave: async ({ space, key, text }) => {
      const draft: Draft = { key, text, savedAt: Date.now() };
      await storage.write([[`draft/${space}/${key}`, draft]]);
      return { savedAt: draft.savedAt };
    },
    draftDelete: async ({ space, key }) => {
      await storage.remove(`draft/${space}/${key}`);
      return null;
    },
    draftList: async ({ space }) => (await listUnder(`draft/${space}/`)).map(({ value }) => value as Draft),
  };
}

function mintDevice(): string {
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => alphabet.charAt(byte & 31)).join('');
}
