import type { DesktopEvents } from '../../shared/desktop-api.ts';
import { seqOf } from '../../shared/sync/version-vector.ts';
import type { DataCalls, DataStatus, WatchQuery, WatchResults } from './data-api.ts';
import type { DesktopPort } from './desktop-port.ts';
import { DamageJudge } from './damage-judge.ts';
import { fillNewSpace } from './fill-new-space.ts';
import { beginOpening } from './opening.ts';
import { consolidate, saveColumns } from './engine/maintenance.ts';
import type { Environment, Space } from './engine/space.ts';
import { createJournalWriter } from './recovery/journal-port.ts';
import { NewerDatabase } from './recovery/find-database.ts';
import { keepSentinel } from './recovery/keep-sentinel.ts';
import type { SentinelKeeper } from './recovery/keep-sentinel.ts';
import { watched } from './recovery/new-space.ts';
import { openSpace } from './recovery/open-space.ts';
import { writeSnapshot } from './recovery/space-snapshot.ts';
import { dismissRefused, retryRefused } from './remote/refused-drawer.ts';
import { releaseQuarantine } from './remote/release-quarantine.ts';
import { saveSearch, startSearch } from './search/run-search.ts';
import { Reopening } from './storage/reopening.ts';
import { contentDigestOf } from './space-digest.ts';
import { checkIntegrity } from './recovery/check-integrity.ts';
import { ServiceHealth } from './service-health.ts';
import { statusOf, unlinked } from './status.ts';
import { isExchangeQuery } from './sync-port.ts';

type Result = WatchResults[WatchQuery['type']];

export interface ServiceEnvironment {
  readonly indexedDb: IDBFactory;
  readonly port: DesktopPort;
  readonly environment: Environment;
  readonly wait: (ms: number) => Promise<void>;
  /** Runs soon, once the current turn is over. */
  readonly schedule: (run: () => void) => void;
  /** Runs after a pause; a later call replaces an earlier one. */
  readonly whenIdle: (run: () => void) => void;
  /** Runs at an instant (ms) or soon after; a later call replaces an earlier one. */
  readonly alarm: (at: number, run: () => void) => void;
  /** Ends the worker: pages that load again start another. */
  readonly end: () => void;
}

/** A snapshot is due when this many own operations came since the last one. */
const operationsPerSnapshot = 2_000;

/** The data worker's front: opens the one space of this program, answers calls, keeps watches and the idle work going. */
export class DataService {
  readonly health: ServiceHealth;
  readonly #world: ServiceEnvironment;
  readonly #damage: DamageJudge;
  #name = '';
  #chromium = '';
  #opening: Promise<DataStatus> | null = null;
  #space: Space | null = null;
  #snapshotSeq = 0;
  #busy = 0;
  readonly #statusWatches = new Map<string, (status: DataStatus) => void>();
  readonly #early = new Map<string, { readonly query: WatchQuery; readonly tell: (result: Result) => void }>();

  constructor(world: ServiceEnvironment) {
    this.#world = world;
    const { port, wait, environment } = world;
    this.health = new ServiceHealth({ port, wait, now: environment.now }, (resumed) => {
      this.#healthChanged(resumed);
    });
    this.#damage = new DamageJudge({
      health: this.health,
      keeper: () => this.#keeper,
      log: (error, where) => {
        this.#logError(error, where);
      },
      end: world.end,
    });
  }

  get space(): Space {
    if (!this.#space) throw new Error('the space is not open yet: call `open` first');
    return this.#space;
  }

  get isOpen(): boolean {
    return this.#space !== null;
  }

  get name(): string {
    return this.#name;
  }

  now(): number {
    return this.#world.environment.now();
  }

  get port(): DesktopPort {
    return this.#world.port;
  }

  /** Opens the space once; every window asks and gets the same. An opening that failed is tried anew. */
  open(request: DataCalls['open']['input']): Promise<DataStatus> {
    this.#opening ??= this.#open(request);
    return this.#opening;
  }

  async #open(request: DataCalls['open']['input']): Promise<DataStatus> {
    this.#name = request.space;
    this.#chromium = request.chromium;
    const { environment, wait, schedule, indexedDb, port } = this.#world;
    const opening = beginOpening(
      this.health,
      (error) => void this.#judge(error),
      (message) => {
        this.#logError(message, 'write');
      },
    );
    const journal = createJournalWriter(port, request.space);
    const parts = { journal, health: opening.queue, environment, wait, schedule };
    // The page that opens may have missed what was said of the disk before it came.
    void this.health.lookAtStorage();
    try {
      const opened = openSpace(request.space, { indexedDb, port, parts });
      const { space, isNew, recovery } = await Promise.race([opened, opening.gaveUp]);
      await Promise.race([releaseQuarantine(space), opening.gaveUp]);
      if (isNew) await Promise.race([fillNewSpace(space, request.demo, environment), opening.gaveUp]);
      this.#space = space;
      const hasRoom = (): Promise<boolean> => this.health.hasRoomToOpen();
      space.database.reopening = new Reopening({ hasRoom, wait, stuck: () => void this.#damage.endStuck(space) });
      // At once: the next start must know the new database, also when it comes before the first rest.
      if (recovery) await keepSentinel(space, this.#keeper);
      this.health.change({ phase: 'open', reason: null, recovery });
      for (const [key, { query, tell }] of this.#early) this.watch(key, query, tell);
      this.#early.clear();
      this.worked();
      void this.#startServiceLevels(space);
      void startSearch(space, { wait, worked: () => this.worked(), log: (error) => this.#logError(error, 'search') });
    } catch (error) {
      opening.giveUp();
      this.#space = null;
      this.#opening = null;
      const isFull = (await this.health.lookAtStorage()) === 'full';
      const reason = error instanceof NewerDatabase ? 'open.newer' : isFull ? 'storage.full' : 'open.failed';
      this.health.change({ phase: 'failed', reason });
      this.#logError(error, 'open space');
    }
    return statusOf(this.#space, this.health.current);
  }

  /** Not waited for: lists show with the due times they had, and follow. */
  async #startServiceLevels(space: Space): Promise<void> {
    const { environment, alarm, wait } = this.#world;
    try {
      await space.state.serviceLevels.start({
        now: environment.now,
        alarm,
        pause: () => wait(0),
        worked: () => {
          this.worked();
        },
      });
    } catch (error) {
      void this.#judge(error);
      this.#logError(error, 'service levels');
    }
  }

  watch(key: string, query: WatchQuery, tell: (result: Result) => void): void {
    if (query.type === 'status') {
      this.#statusWatches.set(key, tell);
      tell(statusOf(this.#space, this.health.current));
    } else if (isExchangeQuery(query)) tell(unlinked(query));
    else if (this.#space) this.#space.state.watches.add(key, query, tell);
    else this.#early.set(key, { query, tell });
  }

  unwatch(key: string): void {
    this.#statusWatches.delete(key);
    this.#early.delete(key);
    this.#space?.state.watches.remove(key);
  }

  unwatchAll(prefix: string): void {
    for (const keys of [this.#statusWatches, this.#early])
      for (const key of keys.keys()) if (key.startsWith(prefix)) keys.delete(key);
    this.#space?.state.watches.removeAll(prefix);
  }

  async answer(query: WatchQuery): Promise<Result> {
    if (query.type === 'job') return null;
    if (isExchangeQuery(query)) return unlinked(query);
    if (query.type === 'status') return statusOf(this.#space, this.health.current);
    return watched(
      () => this.space.answer(query),
      (error) => void this.#judge(error),
    );
  }

  async command(name: string, input: unknown): Promise<DataCalls['command']['output']> {
    return this.#working(() => this.space.command(name, input));
  }

  async undo(dots: DataCalls['undo']['input']['dots']): Promise<DataCalls['undo']['output']> {
    return this.#working(() => this.space.undo(dots));
  }

  async dismissRefused({ dot }: DataCalls['dismissRefused']['input']): Promise<null> {
    return this.#working(() => dismissRefused(this.space, dot));
  }

  async retryRefused({ dot }: DataCalls['retryRefused']['input']): Promise<DataCalls['retryRefused']['output']> {
    return this.#working(() => retryRefused(this.space, dot));
  }

  async #working<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#busy += 1;
    try {
      return await work();
    } catch (error) {
      void this.#judge(error);
      throw error;
    } finally {
      this.#busy -= 1;
      this.worked();
    }
  }

  /** Long work (import, export) for as long as it runs: no idle work in between. */
  async whileBusy<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#working(work);
  }

  storageChanged({ level }: DesktopEvents['storageChanged']): void {
    this.health.change({ storage: level });
  }

  acknowledgeRecovery(): void {
    this.health.change({ recovery: null });
  }

  #healthChanged(resumed: boolean): void {
    if (this.#space) this.#space.readOnly = this.health.isWritable ? null : { kind: 'storage-full' };
    this.#tellStatus();
    if (resumed && this.#space) this.worked();
  }

  #logError(error: unknown, where: string): void {
    const message = String(error instanceof Error ? (error.stack ?? error) : error).slice(0, 2_000);
    void this.#world.port.ask('logError', { message, where });
  }

  #tellStatus(): void {
    const status = statusOf(this.#space, this.health.current);
    for (const tell of this.#statusWatches.values()) tell(status);
  }

  #judge(error: unknown): Promise<void> {
    return this.#damage.judge(this.#space, error);
  }

  get #keeper(): SentinelKeeper {
    return { space: this.#name, chromium: this.#chromium, port: this.#world.port, now: this.#world.environment.now };
  }

  /** After work: tells the new counts and plans the idle work. */
  worked(): void {
    this.#tellStatus();
    this.#world.whenIdle(() => void this.#idleWork());
  }

  async #idleWork(): Promise<void> {
    const space = this.#space;
    if (!space || this.#busy > 0 || this.health.current.phase !== 'open' || !this.health.isWritable) return;
    try {
      await consolidate(space, () => this.#busy === 0);
      if (await saveColumns(space)) await keepSentinel(space, this.#keeper);
      if (this.health.current.storage === 'ok') await saveSearch(space);
      const own = seqOf(space.state.meta.vector, space.state.meta.device);
      // A copy of everything must not be what fills the disk: the journal has it all meanwhile.
      if (own - this.#snapshotSeq >= operationsPerSnapshot && this.health.current.storage === 'ok') {
        await this.takeSnapshot();
        this.#snapshotSeq = own;
      }
    } catch (error) {
      // Idle work is derived and is tried again after the next change; the log keeps why it failed.
      void this.#judge(error);
      this.#logError(error, 'idle work');
    }
  }

  async takeSnapshot(): Promise<DataCalls['takeSnapshot']['output']> {
    const { records, bytes } = await writeSnapshot(this.space, this.#name, this.#world.port);
    return { records, bytes };
  }

  contentDigest(input: DataCalls['contentDigest']['input']): Promise<DataCalls['contentDigest']['output']> {
    return contentDigestOf(this.space, input.entity);
  }

  checkIntegrity(): Promise<DataCalls['checkIntegrity']['output']> {
    return checkIntegrity(this.space, this.#name, this.#world.port);
  }
}
