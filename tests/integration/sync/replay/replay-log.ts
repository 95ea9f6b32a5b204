import { parseState } from '../../../../server/admission/mirror.ts';
import { addAccount, giveCode } from '../../../../server/identity/administration.ts';
import type { StorePlace } from '../../../../server/store/open-store.ts';
import { mintDeviceId } from '../../../../shared/sync/device-id.ts';
import { digestRecords, sha256Hex } from '../../../../shared/sync/digest.ts';
import type { Change } from '../../../../shared/domain/change.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { RecordState } from '../../../../shared/sync/record-state.ts';
import { headsInReview } from '../../../../shared/sync/shown.ts';
import { entityDefinition, fieldDefinition } from '../../../../shared/domain/entities.ts';
import { openOffice, type Office } from '../../../helpers/endpoint/open-office.ts';
import { SyncDesk } from '../../../helpers/endpoint/sync-desk.ts';
import { Chance } from '../../../simulation/chance.ts';
import type { LogRow } from './log-rows.ts';

export interface ReplayOptions {
  readonly rows: readonly LogRow[];
  readonly place: StorePlace;
  readonly desks: number;
  readonly seed: number;
  readonly tell?: (text: string) => void;
}

export interface ReplayResult {
  readonly operations: number;
  readonly edits: number;
  readonly exchanges: number;
  /** Of the endpoint first, then of each desk. */
  readonly digests: readonly string[];
  /** Operations that a desk made and the endpoint does not hold as they were made. */
  readonly lost: number;
  readonly refused: number;
  /** Fields of records with several values in review, and their number for 1,000 edited fields. */
  readonly conflicts: number;
  readonly conflictsPerThousand: number;
  /** Compensating operations and numbers. */
  readonly systemOperations: number;
  readonly seconds: number;
}

/** How many desks work as one person of the log: most people have one, some share their work between two. */
const shared = 0.2;
/** Rate of updates after which a desk that is online exchanges, and at which it goes offline or comes back. */
const rates = { exchange: 0.25, leave: 0.03, comeBack: 0.08 } as const;

/** Desks that own disjoint and overlapping people of the log, each offline at random, do what these people did. */
export async function replayLog({ rows, place, desks: count, seed, tell }: ReplayOptions): Promise<ReplayResult> {
  const started = Date.now();
  const chance = new Chance(seed, 23);
  const office = await openOffice(place);
  try {
    const desks: SyncDesk[] = [];
    for (let index = 0; index < count; index += 1) desks.push(await openDesk(office, index, seed));
    const online = desks.map(() => true);
    let [edits, exchanges] = [0, 0];
    for (const [done, row] of rows.entries()) {
      const index = deskOf(row.updatedBy, count, chance);
      const desk = desks[index];
      if (desk === undefined) throw new Error(`there is no desk ${index}`);
      if (chance.happens(online[index] === true ? rates.leave : rates.comeBack)) online[index] = online[index] !== true;
      edits += await write(desk, row);
      if (online[index] === true && chance.happens(rates.exchange)) {
        await desk.exchange();
        exchanges += 1;
      }
      if ((done + 1) % 1_000 === 0)
        tell?.(`${done + 1} of ${rows.length} updates, ${((Date.now() - started) / 1000).toFixed(0)} s`);
    }
    tell?.('all come back');
    let refused = 0;
    for (let round = 0; round < 2; round += 1) for (const desk of desks) refused += (await desk.exchange()).refused;
    return { ...(await judge(office, desks)), edits, exchanges, refused, seconds: (Date.now() - started) / 1000 };
  } finally {
    await office.close();
  }
}

async function openDesk(office: Office, index: number, seed: number): Promise<SyncDesk> {
  const bytes = Uint8Array.from(Buffer.from(sha256Hex(`desk ${seed} ${index}`), 'hex'));
  const desk = await SyncDesk.open(office.url, mintDeviceId(bytes), `replay-${seed}-${index}-${Date.now()}`);
  const account = `agent-${index}`;
  await addAccount(office.endpoint, account, ['desk-agent']);
  await desk.enrol((await giveCode(office.endpoint, account)).code);
  await desk.exchange();
  return desk;
}

/** A person's home desk follows from the name; one in five people works at a second one, too. */
function deskOf(person: string, desks: number, chance: Chance): number {
  const [home, second, isShared] = [0, 8, 16].map((from) =>
    Number.parseInt(sha256Hex(person).slice(from, from + 8), 16),
  );
  const twoDesks = (isShared ?? 0) / 0xffffffff < shared;
  return ((twoDesks && chance.happens(0.5) ? second : home) ?? 0) % desks;
}

/** Does at a desk what a row of the log says, as far as it is not so there already. Returns how many fields it wrote. */
async function write(desk: SyncDesk, { number, fields }: LogRow): Promise<number> {
  const { space } = desk.service;
  const place = space.state.tables.find(number);
  const values: Readonly<Record<string, FieldValue>> = place?.table.valuesAt(place.row) ?? {};
  const isThere = place !== undefined && Object.keys(values).length > 0;
  const wanted: Readonly<Record<string, FieldValue>> = isThere
    ? fields
    : { type: 'incident', title: `Incident ${number}`, number, ...fields };
  const changed = Object.entries(wanted).filter(([field, value]) => (values[field] ?? null) !== value);
  if (changed.length === 0) return 0;
  const { user } = space.state.meta;
  const told = { entity: 'ticket', id: number, fields: Object.fromEntries(changed) } as const;
  const change: Change = isThere ? told : { ...told, create: true };
  await space.writeBulk([{ command: isThere ? 'ticket.edit' : 'ticket.create', user, changes: [change] }]);
  return changed.length;
}

type Judged = Omit<ReplayResult, 'edits' | 'exchanges' | 'refused' | 'seconds' | 'conflictsPerThousand'> & {
  readonly conflictsPerThousand: number;
};

async function judge(office: Office, desks: readonly SyncDesk[]): Promise<Judged> {
  const { stored, chains, space } = await office.endpoint.store.read(async (store) => ({
    stored: await readAll(
      async (after) => await store.recordsAfter(after, 1_000),
      (row) => row.record,
    ),
    chains: new Map((await store.chains()).map((chain) => [chain.device, chain])),
    space: await store.space(),
  }));
  const states = stored.map(parseState);
  let [operations, lost] = [0, 0];
  for (const desk of desks) {
    const { device, vector, hashes } = desk.service.space.state.meta;
    const made = vector[device] ?? 0;
    operations += made;
    const held = chains.get(device);
    lost += Math.max(0, made - (held?.seq ?? 0)) + (held?.seq === made && held.hash !== hashes[device] ? 1 : 0);
  }
  const digests = [digestRecords(states)];
  for (const desk of desks) digests.push(digestRecords(await statesOf(desk)));

  const conflicts = states.reduce((sum, state) => sum + conflictsIn(state), 0);
  return {
    operations,
    lost,
    digests,
    conflicts,
    conflictsPerThousand: (conflicts * 1_000) / operations,
    systemOperations: chains.get(space.systemDevice)?.seq ?? 0,
  };
}

async function readAll<Row>(
  page: (after: string) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (let after = ''; ;) {
    const rows = await page(after);
    all.push(...rows);
    const last = rows.at(-1);
    if (last === undefined) return all;
    after = keyOf(last);
  }
}

async function statesOf(desk: SyncDesk): Promise<readonly RecordState[]> {
  const { tables, store } = desk.service.space.state;
  const states: RecordState[] = [];
  for (const table of tables.all()) {
    const ids = Array.from({ length: table.size }, (_, index) => table.idAt(index));
    for (const body of (await store.read(ids)).values()) states.push(body.state, ...body.entries);
  }
  return states.filter(({ fields }) => Object.keys(fields).length > 0);
}

/** What a person would be shown to choose from. */
function conflictsIn(state: RecordState): number {
  const definition = entityDefinition(state.entity);
  return Object.entries(state.fields).filter(([field, register]) => {
    const merge = (definition && fieldDefinition(definition, field)?.merge) ?? 'register';
    return headsInReview(register, merge).length > 0;
  }).length;
}
