import { randomBytes } from 'node:crypto';
import { openEndpoint } from '../../../server/endpoint.ts';
import { makeSnapshot } from '../../../server/snapshot/make-snapshot.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { schemaVersion } from '../../../shared/domain/entities.ts';
import { mintDeviceId } from '../../../shared/sync/device-id.ts';
import { sealOperation } from '../../../shared/sync/operation-hash.ts';
import type { Dot, FieldValue, Operation } from '../../../shared/sync/operation.ts';
import type { PushLine } from '../../../shared/sync/protocol-lines.ts';
import { createRandom } from '../data/random.ts';
import { commentsPerTicket, makeComment, makeTicket, recordsPerTicket, ticketId } from '../data/tickets.ts';

const operationsPerPush = 2_000;
const person = 'history-author';
const placeholder = 'withheld';

/**
 * A space that grows: first tickets with three comments each, one operation a record, then edits anywhere. Admitted by
 * the endpoint's own admission in this process, so that only HTTP and most waits for the disk are left out.
 */
export class History {
  readonly place: StorePlace;
  readonly #tickets: number;
  readonly #device = mintDeviceId(randomBytes(8));
  readonly #random = createRandom(7);
  /** What an edit of a ticket replaces. */
  readonly #category = new Map<number, Dot>();
  #seq = 0;
  #previousHash = '';

  constructor(place: StorePlace, tickets: number) {
    this.place = place;
    this.#tickets = tickets;
  }

  get operations(): number {
    return this.#seq;
  }

  /** No endpoint may serve the place meanwhile. */
  async growTo(operations: number): Promise<void> {
    const endpoint = await openEndpoint(this.place);
    try {
      if (this.#seq === 0) await this.#enrol(endpoint);
      while (this.#seq < operations) {
        const count = Math.min(operationsPerPush, operations - this.#seq);
        const lines = Array.from({ length: count }, () => this.#next());
        const { voids, ignored, need } = await endpoint.admission.push(this.#device, lines);
        if (voids.length + ignored.length + Object.keys(need).length > 0)
          throw new Error(`history was refused: ${JSON.stringify({ voids, ignored, need }).slice(0, 500)}`);
      }
    } finally {
      await endpoint.store.close();
    }
  }

  /** A snapshot for new desks, as the endpoint itself makes one beside its requests. */
  async makeSnapshot(): Promise<void> {
    await this.#inStore(async (store) => {
      await store.write(async (writer) => await writer.archive.dropSnapshot(placeholder));
      await makeSnapshot(store, { now: Date.now, rest: 0 });
    });
  }

  /** None for the next five minutes: an endpoint that starts believes that another process is making one. */
  async withholdSnapshot(): Promise<void> {
    await this.#inStore(
      async (store) => await store.write(async (writer) => await writer.archive.beginSnapshot(placeholder, Date.now())),
    );
  }

  async #inStore(work: (store: Store) => Promise<void>): Promise<void> {
    const { store } = await openEndpoint(this.place);
    try {
      await work(store);
    } finally {
      await store.close();
    }
  }

  async #enrol({ store }: Awaited<ReturnType<typeof openEndpoint>>): Promise<void> {
    const [at, account] = [Date.now(), 'history'];
    await store.write(async (writer) => {
      const roles = ['administrator', 'desk-agent'];
      await writer.putAccount({
        name: account,
        person,
        roles,
        password: null,
        subject: null,
        disabledAt: null,
        createdAt: at,
      });
      const device = { device: this.#device, account, publicKey: 'never-used', name: 'history', formerPersons: [] };
      await writer.putDevice({ ...device, enrolledAt: at, seenAt: null, revokedAt: null });
    });
  }

  #next(): PushLine {
    const number = this.#seq;
    this.#seq += 1;
    const ticket = Math.floor(number / recordsPerTicket);
    const part = number % recordsPerTicket;
    const write =
      ticket >= this.#tickets
        ? this.#edit(Math.floor(this.#random() * this.#tickets))
        : part === 0
          ? this.#open(ticket)
          : comment(ticket, part - 1);
    const { operation, hash } = sealOperation({
      device: this.#device,
      seq: this.#seq,
      at: [1_760_000_000_000 + this.#seq, 0],
      clockOffset: null,
      user: person,
      schemaVersion,
      previousHash: this.#previousHash,
      command: ticket >= this.#tickets ? 'ticket.edit' : 'import:bench:create',
      writes: [write],
    });
    this.#previousHash = hash;
    return { type: 'entry', entry: { type: 'operation', operation }, seal: null };
  }

  #open(number: number): Write {
    const { id, updatedAt: _updatedAt, tags, ...fields } = makeTicket(number);
    this.#category.set(number, `${this.#device}:${this.#seq}`);
    const tagged = Object.fromEntries(tags.map((tag): [string, FieldValue] => [`tags/${tag}`, true]));
    return { entity: 'ticket', id, fields: { ...fields, ...tagged }, parents: {} };
  }

  #edit(number: number): Write {
    const before = this.#category.get(number);
    this.#category.set(number, `${this.#device}:${this.#seq}`);
    const fields = { category: `Category ${Math.floor(this.#random() * 20)}` };
    const parents = before === undefined ? {} : { category: [before] };
    return { entity: 'ticket', id: ticketId(number), fields, parents };
  }
}

type Write = Operation['writes'][number];

function comment(ticket: number, position: number): Write {
  const { id, ...fields } = makeComment(ticket, position % commentsPerTicket);
  return { entity: 'ticket-entry', id, fields: { ...fields }, parents: {} };
}
