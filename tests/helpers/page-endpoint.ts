import type { DataService } from '../../renderer/data/data-service.ts';
import { appliedBy } from '../../renderer/data/engine/remote-state.ts';
import { ownReader } from '../../renderer/data/remote/reader.ts';
import { openRemoteStore } from '../../renderer/data/remote/open-remote-store.ts';
import type { AppliedPage, RemoteStore } from '../../renderer/data/remote/remote-store.ts';
import { parseOperation } from '../../renderer/data/storage/operation-lines.ts';
import { stateText } from '../../shared/sync/digest.ts';
import type { Entry } from '../../shared/sync/entry.ts';
import { pruneGone } from '../../shared/sync/fold.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import type { PulledEntry, PullPage } from '../../shared/sync/protocol-lines.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { Replica } from '../../shared/sync/replica.ts';
import { voidOperation } from '../../shared/sync/voiding.ts';
import type { MemoryDesktop } from './memory-desktop.ts';

/** A log in order of admission over the core's replica: the oracle that desks must come to equal. */
export class PageEndpoint {
  readonly replica = new Replica(ownReader);
  readonly log: PulledEntry[] = [];
  readonly #refuses: (operation: Operation) => boolean;

  constructor(refuses: (operation: Operation) => boolean = () => false) {
    this.#refuses = refuses;
  }

  /** False when it changed nothing. */
  admit(operation: Operation): boolean {
    const entry: Entry = this.#refuses(operation)
      ? { type: 'voiding', voiding: voidOperation(operation, 'not-permitted', (dot) => this.replica.voidings.get(dot)) }
      : { type: 'operation', operation };
    const outcome = this.replica.receive(entry);
    if (outcome === 'duplicate') return false;
    if (outcome !== 'applied' && outcome !== 'quarantined' && outcome !== 'voided' && outcome !== 'branched')
      throw new Error(`the endpoint finds ${operation.device}:${operation.seq} to be ${outcome}`);
    this.log.push({ position: this.log.length + 1, receivedAt: 1_000 + this.log.length, entry, seal: null });
    return true;
  }

  /** What a desk's journals hold and the endpoint lacks, at most `most` operations. */
  takeFrom(desktop: MemoryDesktop, most: number): void {
    const { aside, journal } = desktop.files;
    let taken = 0;
    for (const { entries } of [...aside.values(), { entries: journal }])
      for (const { text, seq } of entries)
        if (taken < most && this.admit(parseOperation(text, `journal entry ${seq}`))) taken += 1;
  }

  page(from: number, limit: number): PullPage {
    const entries = this.log.slice(from, from + limit);
    const end = { epoch: 'e', from, to: from + entries.length, head: this.log.length };
    return { entries, enter: [], leave: [], end: { ...end, held: {}, scope: '', attestations: [] } };
  }

  async giveTo(store: RemoteStore, limit: number): Promise<AppliedPage> {
    return store.takePage(this.page(store.standing().cursor?.position ?? 0, limit));
  }
}

const wall = 1_760_000_000_000;

export function storeOf(service: DataService): RemoteStore {
  return openRemoteStore(service.space, service.name, service.port, () => wall);
}

/** Everything a desk shows, in the core's one form. */
export async function deskText({ space }: DataService): Promise<string> {
  const { tables, store, remote, meta } = space.state;
  const { holds } = appliedBy(remote, meta.vector);
  const states: RecordState[] = [];
  for (const table of tables.all()) {
    const ids = Array.from({ length: table.size }, (_, row) => table.idAt(row));
    for (const body of (await store.read(ids)).values())
      states.push(
        ...[body.state, ...body.entries]
          .filter((state) => Object.keys(state.fields).length > 0)
          .map((state) => pruneGone(state, holds)),
      );
  }
  return stateText(states);
}
