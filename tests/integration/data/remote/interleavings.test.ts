import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataService } from '../../../../renderer/data/data-service.ts';
import { stateText } from '../../../../shared/sync/digest.ts';
import type { Operation } from '../../../../shared/sync/operation.ts';
import { parsePush } from '../../../../shared/sync/protocol-lines.ts';
import type { PushAnswer } from '../../../../shared/sync/protocol.ts';
import { makeUuid7 } from '../../../../shared/sync/uuid7.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { listTickets, openService } from '../../../helpers/open-service.ts';
import { deskText, PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';
import { helloOf } from '../../../helpers/page-hello.ts';

const never = new Promise<never>(() => undefined);
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
let spaces = 0;
let now = 1_760_000_000_000;
let minted = 0;

/** One program after the other over the same profile: each can be killed in the middle of anything. */
class Program {
  readonly service: DataService;
  /** The next transactions that write are aborted. */
  failing = 0;
  #killed = false;

  private constructor(desktop: MemoryDesktop) {
    this.service = new DataService({
      indexedDb: indexedDB,
      port: { ask: (name, input) => (this.#killed ? never : desktop.ask(name, input)) },
      environment: {
        now: () => (now += 1_000),
        newId: () =>
          makeUuid7(
            now,
            Uint8Array.from({ length: 10 }, (_, at) => (at < 4 ? 0 : (minted += 1) & 255)),
          ),
      },
      wait: () => (this.#killed ? never : rest()),
      schedule: (run) => void setTimeout(run, 0),
      whenIdle: () => undefined,
      alarm: () => undefined,
      end: () => undefined,
    });
  }

  static async start(desktop: MemoryDesktop, space: string): Promise<Program> {
    const program = new Program(desktop);
    await program.service.open({ space, demo: false, chromium: '130' });
    const { database } = program.service.space;
    const connection = database.backendDB();
    const begin = connection.transaction.bind(connection);
    connection.transaction = (names, mode, options) => {
      const made = begin(names, mode, options);
      const isFailing = mode === 'readwrite' && (program.#killed || program.failing > 0);
      if (isFailing && !program.#killed) program.failing -= 1;
      if (isFailing)
        made.commit = () => {
          made.abort();
        };
      return made;
    };
    return program;
  }

  kill(): void {
    this.#killed = true;
    const { database } = this.service.space;
    database.open = () => never as unknown as ReturnType<typeof database.open>;
  }
}

class Desk {
  readonly desktop: MemoryDesktop;
  readonly space: string;
  readonly endpoint: PageEndpoint;
  /** Ids of what was said to be saved. */
  readonly saved: string[] = [];
  program: Program;
  /** The engine asks one thing after the other. */
  lane: Promise<unknown> = Promise.resolve();
  commands: Promise<unknown>[] = [];

  private constructor(desktop: MemoryDesktop, space: string, endpoint: PageEndpoint, program: Program) {
    this.desktop = desktop;
    this.endpoint = endpoint;
    this.program = program;
    this.space = space;
  }

  static async open(device: string, endpoint: PageEndpoint): Promise<Desk> {
    const desktop = createMemoryDesktop(device);
    const space = `interleaved-${++spaces}`;
    return new Desk(desktop, space, endpoint, await Program.start(desktop, space));
  }

  get service(): DataService {
    return this.program.service;
  }

  command(name: string, input: unknown): void {
    const { saved } = this;
    this.commands.push(
      this.service.command(name, input).then((outcome) => {
        if (outcome.ok) saved.push(...outcome.value.ids);
      }),
    );
  }

  async edit(pick: number, title: string): Promise<void> {
    const { rows } = await listTickets(this.service);
    const row = rows[pick % Math.max(1, rows.length)];
    if (row && pick % 3 > 0) this.command('ticket.edit', { id: row.id, fields: { title } });
    else this.command('ticket.create', { fields: { type: 'incident', title } });
  }

  sync(work: () => Promise<unknown>): void {
    this.lane = this.lane.then(work);
  }

  async push(most: number): Promise<void> {
    const store = storeOf(this.service);
    const hello = helloOf(this.endpoint);
    if ((await store.takeHello(hello, 0)).next !== 'go-on') return;
    let batches = 0;
    for await (const batch of store.outgoing({ ...hello, limits: { ...hello.limits, pushOperations: most } })) {
      await store.takePushAnswer(this.take(batch.lines));
      if ((batches += 1) > 2) return;
    }
  }

  take(lines: string): PushAnswer {
    const parsed = parsePush(lines);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    const devices = new Set<string>();
    const voids: PushAnswer['voids'][number][] = [];
    for (const line of parsed.value) {
      if (line.type !== 'entry' || line.entry.type !== 'operation') continue;
      const { operation } = line.entry;
      devices.add(operation.device);
      const before = this.endpoint.replica.voidings.size;
      this.endpoint.admit(operation);
      const { device, seq } = operation;
      const place = { entity: 'ticket', id: operation.writes[0]?.id ?? '', field: null, expected: '' };
      if (this.endpoint.replica.voidings.size > before) voids.push({ device, seq, code: 'not-permitted', ...place });
    }
    const held = Object.fromEntries([...devices].map((device) => [device, this.endpoint.replica.held[device] ?? 0]));
    return { epoch: 'e', head: this.endpoint.log.length, held, voids, need: {}, ignored: [] };
  }

  async pull(limit: number): Promise<void> {
    await this.endpoint.giveTo(storeOf(this.service), limit);
  }

  async killAndStart(): Promise<void> {
    this.program.kill();
    await rest();
    this.lane = Promise.resolve();
    this.commands = [];
    this.program = await Program.start(this.desktop, this.space);
  }

  async settle(): Promise<void> {
    await Promise.all(this.commands);
    await this.lane;
  }
}

const titleOf = (operation: Operation): string => String(operation.writes[0]?.fields['title'] ?? '');
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('edit' as const), pick: fc.nat(30), title: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('push' as const), most: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('pull' as const), limit: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('rest' as const), turns: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('fail' as const), times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('kill' as const) }) },
);

describe('a desk that works while it exchanges', () => {
  it('loses and doubles nothing, however commands, pages, aborted transactions and kills fall together', async () => {
    const steps = fc.array(fc.tuple(fc.nat(1), step), { minLength: 10, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const endpoint = new PageEndpoint((operation) => titleOf(operation) === 'T3');
        const desks = [await Desk.open('K3V9Q2M7TA', endpoint), await Desk.open('M3V9Q2M7TB', endpoint)];
        for (const [who, next] of history) {
          const desk = desks[who];
          if (!desk) continue;
          if (next.type === 'edit') await desk.edit(next.pick, `T${next.title}`);
          else if (next.type === 'push') desk.sync(() => desk.push(next.most));
          else if (next.type === 'pull') desk.sync(() => desk.pull(next.limit));
          else if (next.type === 'fail') desk.program.failing += next.times;
          else if (next.type === 'kill') await desk.killAndStart();
          else for (let turn = 0; turn < next.turns; turn += 1) await rest();
        }
        for (const desk of desks) await desk.settle();
        for (let round = 0; round < 6; round += 1)
          for (const desk of desks) {
            for (let page = 0; page < 8; page += 1) await desk.pull(1_000);
            await desk.push(1_000);
          }
        const wanted = stateText(endpoint.replica.settledRecords());
        const logged = JSON.stringify([endpoint.log, endpoint.replica.refused]);
        for (const desk of desks) {
          const store = storeOf(desk.service);
          await store.takeHello(helloOf(endpoint), 0);
          expect(await deskText(desk.service)).toBe(wanted);
          for (const id of desk.saved) expect(logged).toContain(id);
          expect(store.standing()).toMatchObject({ waiting: 0, waitingSince: null });
          const { service } = await openService(desk.desktop, desk.space);
          expect(await deskText(service)).toBe(wanted);
          expect((await service.checkIntegrity()).problems).toEqual([]);
        }
        const references = endpoint.log.flatMap(({ entry }) =>
          entry.type === 'operation' ? entry.operation.writes.flatMap(({ fields }) => fields['reference'] ?? []) : [],
        );
        expect(new Set(references).size).toBe(references.length);
      }),
      { numRuns: Number(process.env['INTERLEAVING_RUNS'] ?? 6), endOnFailure: true },
    );
  }, 120_000);
});
