import type {
  DesktopAnswer,
  DesktopCall,
  DesktopInput,
  Draft,
  JournalEntry,
  JournalState,
  Sentinel,
  SnapshotInfo,
  StorageState,
} from '../../shared/desktop-api.ts';
import type { DesktopPort } from '../../renderer/data/desktop-port.ts';

/** The shell's files of one space in memory, with switches for what may go wrong. */
export interface MemoryDesktop extends DesktopPort {
  readonly files: {
    device: string;
    journal: JournalEntry[];
    damage: JournalState['damage'];
    /** Highest number that an unreadable line has used up. */
    spentSeq: number;
    aside: Map<string, { readonly device: string; readonly entries: readonly JournalEntry[] }>;
    sentinel: Sentinel | null;
    snapshots: Map<string, { info: SnapshotInfo; parts: Uint8Array[]; committed: boolean }>;
    drafts: Map<string, Draft>;
  };
  /** Fails the next calls of this name with this failure until cleared. */
  failing: { readonly name: DesktopCall; readonly kind: 'disk-full' | 'io' } | null;
  /** What the disk says of itself. */
  storage: StorageState;
  /** Errors the worker reported. */
  readonly errors: string[];
}

/** Ids minted so far: two profiles never mint the same. */
let minted = 0;

/** So that a history that is played again mints the same ids. Only where no profile of before is used any more. */
export function mintAnew(): void {
  minted = 0;
}

export function createMemoryDesktop(device = 'K3V9Q2M7TA'): MemoryDesktop {
  const files: MemoryDesktop['files'] = {
    device,
    journal: [],
    damage: [],
    spentSeq: 0,
    aside: new Map(),
    sentinel: null,
    snapshots: new Map(),
    drafts: new Map(),
  };
  const desktop: MemoryDesktop = {
    files,
    failing: null,
    storage: { freeBytes: 5e9, level: 'ok' },
    errors: [],
    ask: async (name, input) => {
      await Promise.resolve();
      if (desktop.failing?.name === name)
        return { ok: false, failure: { kind: desktop.failing.kind, message: `${name} was told to fail` } };
      return answer(desktop, name, input) as DesktopAnswer<typeof name>;
    },
  };
  return desktop;
}

function answer(desktop: MemoryDesktop, name: DesktopCall, input: unknown): DesktopAnswer<DesktopCall> {
  const { files } = desktop;
  const ok = (value: unknown): DesktopAnswer<DesktopCall> => ({ ok: true, value }) as DesktopAnswer<DesktopCall>;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- The rest answers that it is not part of it.
  switch (name) {
    case 'journalOpen':
      return ok({
        device: files.device,
        lastSeq: Math.max(files.spentSeq, files.journal.at(-1)?.seq ?? 0),
        damage: files.damage,
      });
    case 'journalAppend': {
      const { first, lines } = input as DesktopInput<'journalAppend'>;
      const next = (files.journal.at(-1)?.seq ?? first - 1) + 1;
      if (first !== next)
        return {
          ok: false,
          failure: { kind: 'conflict', message: `expected ${next}, got ${first}` },
        };
      lines.split('\n').forEach((text, index) => files.journal.push({ seq: first + index, text }));
      return ok({ lastSeq: files.journal.at(-1)?.seq ?? 0 });
    }
    case 'journalRead': {
      const { after, limit, aside } = input as DesktopInput<'journalRead'>;
      const journal = aside === undefined ? files.journal : (files.aside.get(aside)?.entries ?? []);
      const entries = journal.filter((entry) => entry.seq > after);
      return ok({ entries: entries.slice(0, limit), more: entries.length > limit });
    }
    case 'journalsAside':
      return ok(
        [...files.aside].map(([name, { device, entries }]) => ({ name, device, lastSeq: entries.at(-1)?.seq ?? 0 })),
      );
    case 'journalRestart': {
      const { as } = input as DesktopInput<'journalRestart'>;
      files.aside.set(`${files.device}-${files.aside.size}`, { device: files.device, entries: files.journal });
      files.journal = [];
      files.damage = [];
      files.spentSeq = 0;
      if (as === 'new-device') files.device = `N${String(++minted).padStart(9, '0')}`;
      return ok({ device: files.device, lastSeq: 0, damage: [] });
    }
    case 'sentinelRead':
      return ok(files.sentinel);
    case 'sentinelWrite':
      files.sentinel = (input as { readonly sentinel: Sentinel }).sentinel;
      return ok(null);
    case 'snapshotBegin': {
      const { lastSeq, records } = input as DesktopInput<'snapshotBegin'>;
      const id = `snapshot-${String(files.snapshots.size + 1).padStart(8, '0')}`;
      files.snapshots.set(id, {
        info: { id, takenAt: files.snapshots.size, records, bytes: 0, parts: 0, lastSeq, verified: true },
        parts: [],
        committed: false,
      });
      return ok({ id });
    }
    case 'snapshotWrite': {
      const { id, part, bytes } = input as DesktopInput<'snapshotWrite'>;
      const snapshot = files.snapshots.get(id);
      if (snapshot) snapshot.parts[part] = bytes;
      return ok(null);
    }
    case 'snapshotCommit': {
      const snapshot = files.snapshots.get((input as DesktopInput<'snapshotCommit'>).id);
      if (!snapshot) return { ok: false, failure: { kind: 'not-found', message: 'no such snapshot' } };
      snapshot.committed = true;
      snapshot.info = {
        ...snapshot.info,
        parts: snapshot.parts.length,
        bytes: snapshot.parts.reduce((sum, part) => sum + part.length, 0),
      };
      return ok(snapshot.info);
    }
    case 'snapshotList':
      return ok(
        [...files.snapshots.values()].filter((snapshot) => snapshot.committed).map((snapshot) => snapshot.info),
      );
    case 'snapshotRead': {
      const { id, part } = input as DesktopInput<'snapshotRead'>;
      const bytes = files.snapshots.get(id)?.parts[part];
      return bytes ? ok({ bytes }) : { ok: false, failure: { kind: 'not-found', message: `no part ${part}` } };
    }
    case 'storageState':
      return ok(desktop.storage);
    case 'logError':
      desktop.errors.push((input as DesktopInput<'logError'>).message);
      return ok(null);
    default:
      return { ok: false, failure: { kind: 'internal', message: `${name} is not part of the memory desktop` } };
  }
}
