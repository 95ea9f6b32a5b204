import { addAccount, giveCode } from '../../../../server/identity/administration.ts';
import type { StorePlace } from '../../../../server/store/open-store.ts';
import { mintDeviceId } from '../../../../shared/sync/device-id.ts';
import { sha256Hex } from '../../../../shared/sync/digest.ts';
import type { Change } from '../../../../shared/domain/change.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { openOffice, type Office } from '../../../helpers/endpoint/open-office.ts';
import { SyncDesk } from '../../../helpers/endpoint/sync-desk.ts';
import { Chance } from '../../../simulation/chance.ts';
import { judgeReplay, type Standing } from './judge-replay.ts';
import type { LogRow } from './log-rows.ts';
import { keepShown, notOffered } from './review-conflicts.ts';

export interface ReplayOptions {
  readonly rows: readonly LogRow[];
  readonly place: StorePlace;
  readonly desks: number;
  readonly seed: number;
  readonly tell?: (text: string) => void;
}

export interface ReplayResult {
  readonly edits: number;
  readonly exchanges: number;
  readonly refused: number;
  /** When all have come back. */
  readonly before: Standing;
  readonly conflictsPerThousand: number;
  /** Fields in conflict that some desk does not offer for review. */
  readonly notOffered: readonly string[];
  /** Fields that one desk settled, all it was offered. */
  readonly settled: number;
  /** When that has reached all. */
  readonly after: Standing;
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
    let [edits, exchanges, refused] = [0, 0, 0];
    for (const [done, row] of rows.entries()) {
      const index = deskOf(row.updatedBy, count, chance);
      const desk = desks[index] ?? noDesk(index);
      if (chance.happens(online[index] === true ? rates.leave : rates.comeBack)) online[index] = online[index] !== true;
      edits += await write(desk, row);
      if (online[index] === true && chance.happens(rates.exchange)) {
        refused += (await desk.exchangeOnce()).refused;
        exchanges += 1;
      }
      if ((done + 1) % 1_000 === 0)
        tell?.(`${done + 1} of ${rows.length} updates, ${((Date.now() - started) / 1000).toFixed(0)} s`);
    }
    tell?.('all come back');
    refused += await exchangeAll(desks);
    const before = await judgeReplay(office, desks);
    tell?.(`${before.conflicts.length} fields to review`);
    const missing = await notOffered(desks, before.conflicts);
    const settled = await keepShown(desks[0] ?? noDesk(0));
    refused += await exchangeAll(desks);
    return {
      edits,
      exchanges,
      refused,
      before,
      conflictsPerThousand: (before.conflicts.length * 1_000) / before.operations,
      notOffered: missing,
      settled,
      after: await judgeReplay(office, desks),
      seconds: (Date.now() - started) / 1000,
    };
  } finally {
    await office.close();
  }
}

function noDesk(index: number): never {
  throw new Error(`there is no desk ${index}`);
}

/** Twice: what one desk pushes late the others must still pull. Returns how many operations were refused. */
async function exchangeAll(desks: readonly SyncDesk[]): Promise<number> {
  let refused = 0;
  for (let round = 0; round < 2; round += 1) for (const desk of desks) refused += (await desk.exchange()).refused;
  return refused;
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
