import { BranchBook } from '../../../shared/sync/branch-book.ts';
import { canonicalJson } from '../../../shared/sync/canonical-json.ts';
import { sha256Hex } from '../../../shared/sync/digest.ts';
import { linkOfEntry, type Entry } from '../../../shared/sync/entry.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import { observe } from '../../../shared/sync/hybrid-clock.ts';
import { stampOf } from '../../../shared/sync/merge.ts';
import { dotOf, type Dot, type Operation } from '../../../shared/sync/operation.ts';
import type { Reader } from '../../../shared/sync/quarantine.ts';
import type { RecordState, VersionVector } from '../../../shared/sync/record-state.ts';
import { advance, seqOf } from '../../../shared/sync/version-vector.ts';
import { applyOperation } from '../engine/apply-operation.ts';
import { countLogged } from '../engine/build-operation.ts';
import { ownNumber } from '../engine/own-number.ts';
import { appliedBy, type Applied, type Quarantined } from '../engine/remote-state.ts';
import type { Space } from '../engine/space.ts';
import type { Body } from '../storage/body.ts';
import { DamagedDatabase } from '../storage/damaged-database.ts';
import type { LogRow, MetaRow } from '../storage/database.ts';
import { getRows } from '../storage/raw-rows.ts';
import { LogFiller } from '../storage/operation-lines.ts';
import type { RemoteRows, RefusedRow, ScopeRow, VoidingRow } from '../storage/remote-rows.ts';
import { ChainIndex } from './chain-index.ts';
import { mustWait } from './reader.ts';
import type { SealedEntry } from './seal-entry.ts';

/** Clock and shell, passed in. */
export interface RemotePorts {
  /** Wall time in ms. */
  readonly now: () => number;
  /** Begins the journal anew under a fresh device id and returns that. */
  readonly renewDevice: () => Promise<string>;
}

/** A scope row with the vector itself. */
type ScopeOf = Omit<ScopeRow, 'held'> & { readonly held: VersionVector | null };

/**
 * Entries of an endpoint on their way into the space: everything they change is gathered here and shows nowhere before
 * the batch is whole. Whoever makes one holds the turn until it is durable (`commitBatch`).
 */
export class RemoteBatch {
  readonly space: Space;
  readonly reader: Reader;
  readonly index: ChainIndex;
  readonly bodies = new Map<string, Body>();
  /** Ids of bodies that were there before. */
  readonly stored = new Set<string>();
  readonly changed = new Set<string>();
  readonly log: LogFiller;
  /** Operations logged by this batch and applied, in order. */
  applied: Operation[] = [];
  /** By their key in the branch book, raw texts of operations that a fork gave another name. */
  readonly rawLines = new Map<string, string>();
  /**
   * By the hash of an operation as the stored log has it: the name a fork settled in this batch gives it; null when it
   * is not in force any more.
   */
  readonly renamed = new Map<string, Operation | null>();
  /** Rows of the log that are written again: a fork gave their operations other names. */
  readonly rewritten = new Map<number, LogRow & { readonly key: number }>();
  readonly voidings: Map<Dot, VoidingRow>;
  readonly quarantined: Map<Dot, Quarantined>;
  readonly refused: Map<Dot, RefusedRow>;
  readonly branches: BranchBook;
  readonly scope = new Map<string, ScopeOf>();
  /** Rows of vectors, by their key. */
  readonly #vectors = new Map<string, VersionVector>();
  #newVector: { readonly key: string; readonly held: VersionVector } | null = null;
  /** States that records came in with in this batch. */
  readonly bases = new Map<string, { readonly state: RecordState; readonly held: VersionVector }>();
  readonly put: { -readonly [Name in keyof RemoteRows]: RemoteRows[Name][] } = {
    voidings: [],
    quarantine: [],
    refused: [],
    attestations: [],
    places: [],
    scope: [],
    branches: [],
  };
  readonly released: Dot[] = [];
  readonly unvoided: Dot[] = [];
  readonly unrefused: Dot[] = [];
  readonly unscoped: string[] = [];
  meta: MetaRow;
  readonly firstKey: number;
  readonly ports: RemotePorts;

  constructor(space: Space, reader: Reader, ports: RemotePorts) {
    const { meta, remote } = space.state;
    this.space = space;
    this.reader = reader;
    this.index = new ChainIndex(space.database);
    this.meta = meta;
    this.firstKey = meta.lastLogKey + 1;
    this.log = new LogFiller(this.firstKey);
    this.voidings = new Map(remote.voidings);
    this.quarantined = new Map(remote.quarantined);
    this.refused = new Map(remote.refused);
    this.branches = new BranchBook(remote.branches.entries);
    this.ports = ports;
  }

  /** Brings records into the batch; those that are not there yet are made when something is applied to them. */
  async read(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.bodies.has(id));
    for (const [id, body] of await this.space.state.store.read(missing)) {
      this.bodies.set(id, body);
      this.stored.add(id);
    }
  }

  /** Brings in what is known of records that came into scope or left it. */
  async readScope(keys: Iterable<string>): Promise<void> {
    if (this.meta.remote?.isFiltered !== true) return;
    const missing = [...new Set(keys)].filter((key) => !this.scope.has(key));
    if (missing.length === 0) return;
    const rows = (await getRows(this.space.database, 'scope', missing)).filter((row) => row !== undefined);
    const vectors = rows.flatMap(({ held }) => (typeof held === 'string' && !this.#vectors.has(held) ? [held] : []));
    for (const row of await getRows(this.space.database, 'scope', [...new Set(vectors)]))
      if (row && typeof row.held === 'object' && row.held !== null) this.#vectors.set(row.key, row.held);
    for (const row of rows) this.scope.set(row.key, { ...row, held: this.#vectorOf(row) });
  }

  #vectorOf({ key, held }: ScopeRow): VersionVector | null {
    if (typeof held !== 'string') return held;
    const vector = this.#vectors.get(held);
    if (vector === undefined) throw new DamagedDatabase(`what ${key} came into scope with is missing: ${held}`);
    return vector;
  }

  get state(): Applied {
    return {
      ...appliedBy(this, this.meta.vector),
      ...(this.scope.size === 0 ? {} : { scopeOf: (key) => this.scope.get(key) }),
    };
  }

  keep(body: Body): void {
    this.bodies.set(body.id, body);
    this.changed.add(body.id);
  }

  /** Logs the next entry of a chain, unless the row `at` has it, and applies it if it can be. The caller has admitted it. */
  take(sealed: SealedEntry, seal: string | null, at?: number): 'applied' | 'quarantined' | 'voided' {
    const { entry, hash } = sealed;
    const { device, seq } = linkOfEntry(entry);
    if (at !== undefined) this.index.put(device, seq, { logKey: at, hash });
    const logKey = at ?? this.append(sealed);
    const outcome = this.#takeNext(entry, seal, logKey);
    this.meta = {
      ...this.meta,
      vector: advance(this.meta.vector, device, seq),
      hashes: { ...this.meta.hashes, [device]: hash },
    };
    return outcome;
  }

  #takeNext(entry: Entry, seal: string | null, logKey: number): 'applied' | 'quarantined' | 'voided' {
    if (entry.type === 'voiding') {
      this.putVoiding({ dot: dotOf(entry.voiding), voiding: entry.voiding, seal });
      return 'voided';
    }
    const { operation } = entry;
    if (mustWait(operation, this.reader)) {
      const dot = dotOf(operation);
      this.quarantined.set(dot, { operation, logKey });
      this.put.quarantine.push({ dot, logKey, line: JSON.stringify(operation) });
      return 'quarantined';
    }
    this.apply(operation, logKey);
    this.applied.push(operation);
    const { ms, counter } = stampOf(operation);
    const local = ms - (this.meta.remote?.clockOffset ?? 0);
    this.meta = { ...this.meta, clock: observe(this.meta.clock, [local, counter], this.ports.now()) };
    return 'applied';
  }

  append({ entry, hash, text }: SealedEntry): number {
    const { device, seq } = linkOfEntry(entry);
    const logKey = this.log.add({ text });
    this.index.put(device, seq, { logKey, hash });
    this.meta = countLogged(this.meta, logKey);
    return logKey;
  }

  apply(operation: Operation, logKey: number): void {
    const place = { logKey, ownNumber: ownNumber(this.meta, operation) };
    for (const id of applyOperation(operation, place, this.state, this.bodies)) this.changed.add(id);
  }

  putVoiding(row: VoidingRow): void {
    this.voidings.set(row.dot, row);
    this.put.voidings.push(row);
  }

  putRefused(row: RefusedRow): void {
    this.refused.set(row.dot, row);
    this.put.refused.push(row);
  }

  putScope(row: ScopeOf): void {
    this.bases.delete(row.key);
    this.scope.set(row.key, row);
    this.put.scope.push(row);
  }

  /** A record stands on a state that has applied `held`. */
  putBase(state: RecordState, held: VersionVector): void {
    const key = recordKey(state);
    this.scope.set(key, { key, state: null, held });
    this.put.scope.push({ key, state: JSON.stringify(state), held: this.#keyOfVector(held) });
    this.bases.set(key, { state, held });
  }

  /** Key of the row that has a vector; writes it with the batch. */
  #keyOfVector(held: VersionVector): string {
    if (this.#newVector?.held === held) return this.#newVector.key;
    const key = `held/${sha256Hex(canonicalJson(held))}`;
    this.#newVector = { key, held };
    if (!this.#vectors.has(key)) this.put.scope.push({ key, state: null, held });
    this.#vectors.set(key, held);
    return key;
  }

  /** As `putBase`, for this batch alone; what was kept of the record's scope is kept no more. */
  lendBase(state: RecordState, held: VersionVector): void {
    const key = recordKey(state);
    if (this.scope.has(key)) this.unscoped.push(key);
    this.scope.set(key, { key, state: null, held });
    this.bases.set(key, { state, held });
  }

  /** What waits is in the log now; before, only a snapshot had it. */
  relogWaiting(dot: Dot, logKey: number): void {
    const waiting = this.quarantined.get(dot);
    if (!waiting) return;
    this.quarantined.set(dot, { ...waiting, logKey });
    this.put.quarantine.push({ dot, logKey, line: JSON.stringify(waiting.operation) });
  }

  /** Nothing is held under a dot any more: a fork gives it to other content. */
  forget(dot: Dot): void {
    this.release(dot);
    if (this.voidings.delete(dot)) this.unvoided.push(dot);
    if (this.refused.delete(dot)) this.unrefused.push(dot);
  }

  /** It waits no longer: applied after an upgrade, or refused. */
  release(dot: Dot): boolean {
    const waited = this.quarantined.delete(dot);
    if (waited) this.released.push(dot);
    return waited;
  }

  lastSeq(device: string): number {
    return seqOf(this.meta.vector, device);
  }

  /** Hash of what is held under a dot; its place must have been loaded unless it is the last of its device. */
  readonly hashOf = (dot: Dot): string | undefined => {
    const at = dot.lastIndexOf(':');
    const device = dot.slice(0, at);
    if (Number(dot.slice(at + 1)) === this.lastSeq(device)) return this.meta.hashes[device];
    const { hash } = this.index.at(dot);
    return hash === '' ? undefined : hash;
  };
}
