import type { DataService } from '../../renderer/data/data-service.ts';
import { appliedBy } from '../../renderer/data/engine/remote-state.ts';
import { ownReader } from '../../renderer/data/remote/reader.ts';
import { openRemoteStore } from '../../renderer/data/remote/open-remote-store.ts';
import type { AppliedPage, RemoteStore } from '../../renderer/data/remote/remote-store.ts';
import { parseOperation } from '../../renderer/data/storage/operation-lines.ts';
import { stateText } from '../../shared/sync/digest.ts';
import { linkOfEntry, type Entry } from '../../shared/sync/entry.ts';
import { pruneGone } from '../../shared/sync/fold.ts';
import { dotOf, type Operation } from '../../shared/sync/operation.ts';
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
  /** By device, the hashes of its chain as the log has it. */
  readonly #logged = new Map<string, readonly string[]>();

  constructor(refuses: (operation: Operation) => boolean = () => false) {
    this.#refuses = refuses;
  }

  /**
   * Takes an operation, and then refuses it by the name it is held under: as the real endpoint does, so that the mark of
   * a refusal inside a losing chain has the hash of the renamed operation, which desks know. The log gets what is held
   * then: when a fork gives a dot to another content, that is logged anew, and the losing chain under its branch. False
   * when it changed nothing.
   */
  admit(operation: Operation): boolean {
    const outcome = this.replica.receive({ type: 'operation', operation });
    if (outcome === 'duplicate') return false;
    if (outcome === 'gap' || outcome === 'foreign-hash' || outcome === 'needs-history')
      throw new Error(`the endpoint finds ${operation.device}:${operation.seq} to be ${outcome}`);
    if (this.#refuses(operation)) this.#refuse(outcome === 'branched' ? this.#newest(operation) : operation);
    const devices = [operation.device, ...Object.keys(this.replica.held)];
    for (const device of devices) {
      for (const entry of this.#unlogged(device))
        this.log.push({ position: this.log.length + 1, receivedAt: 1_000 + this.log.length, entry, seal: null });
      this.#logged.set(
        device,
        this.replica.log.chain(device).map((entry) => linkOfEntry(entry).hash),
      );
    }
    return true;
  }

  #unlogged(device: string): readonly Entry[] {
    const chain = this.replica.log.chain(device);
    const logged = this.#logged.get(device) ?? [];
    const first = chain.findIndex((entry, at) => linkOfEntry(entry).hash !== logged[at]);
    return first < 0 ? [] : chain.slice(first);
  }

  /** The operation under the name of its branch. */
  #newest({ at, device }: Operation): Operation {
    const entries = Object.keys(this.replica.held).flatMap((each) => (each === device ? [] : this.#unlogged(each)));
    for (const entry of entries)
      if (entry.type === 'operation' && entry.operation.at.join() === at.join()) return entry.operation;
    throw new Error(`the losing operation of ${at.join()} is held under no branch`);
  }

  #refuse(operation: Operation): void {
    const voiding = voidOperation(operation, 'not-permitted', (dot) => this.replica.voidings.get(dot));
    const outcome = this.replica.receive({ type: 'voiding', voiding });
    if (outcome !== 'voided') throw new Error(`the refusal of ${dotOf(operation)} is ${outcome}`);
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
