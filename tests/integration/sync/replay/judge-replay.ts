import { parseState } from '../../../../server/admission/mirror.ts';
import type { RecordRow } from '../../../../server/store/store.ts';
import { entityDefinition, fieldDefinition } from '../../../../shared/domain/entities.ts';
import { digestRecords } from '../../../../shared/sync/digest.ts';
import { recordKey } from '../../../../shared/sync/fold.ts';
import type { RecordState } from '../../../../shared/sync/record-state.ts';
import { headsInReview } from '../../../../shared/sync/shown.ts';
import type { Office } from '../../../helpers/endpoint/open-office.ts';
import type { SyncDesk } from '../../../helpers/endpoint/sync-desk.ts';

/** How endpoint and desks stand to each other when everything has been exchanged. */
export interface Standing {
  /** Made by all desks. */
  readonly operations: number;
  /** Of the endpoint first, then of each desk. */
  readonly digests: readonly string[];
  /** Operations that a desk made and the endpoint does not hold as they were made. */
  readonly lost: number;
  /** Fields a person has several values of to choose from, as the endpoint's states have them: `ticket/id field`. */
  readonly conflicts: readonly string[];
  /** Compensating operations and numbers. */
  readonly systemOperations: number;
}

export async function judgeReplay(office: Office, desks: readonly SyncDesk[]): Promise<Standing> {
  const { rows, chains, space } = await office.endpoint.store.read(async (store) => ({
    rows: await readAll(async (after) => await store.recordsAfter(after, 1_000)),
    chains: new Map((await store.chains()).map((chain) => [chain.device, chain])),
    space: await store.space(),
  }));
  const states = rows.map(parseState);
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
  return {
    operations,
    lost,
    digests,
    conflicts: states.flatMap((state) => fieldsInReview(state).map((field) => `${recordKey(state)} ${field}`)),
    systemOperations: chains.get(space.systemDevice)?.seq ?? 0,
  };
}

async function readAll(page: (after: string) => Promise<readonly RecordRow[]>): Promise<readonly RecordRow[]> {
  const all: RecordRow[] = [];
  for (let after = ''; ;) {
    const rows = await page(after);
    all.push(...rows);
    const last = rows.at(-1);
    if (last === undefined) return all;
    after = last.record;
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
function fieldsInReview(state: RecordState): readonly string[] {
  const definition = entityDefinition(state.entity);
  return Object.entries(state.fields).flatMap(([field, register]) => {
    const merge = (definition && fieldDefinition(definition, field)?.merge) ?? 'register';
    return headsInReview(register, merge).length > 0 ? [field] : [];
  });
}
