import { schemaVersion } from '../../shared/domain/entities.ts';
import { judgeMove } from '../../shared/domain/ticket/judge-move.ts';
import { composeOperation, type FieldEdits } from '../../shared/sync/compose.ts';
import type { ClockTime } from '../../shared/sync/hybrid-clock.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import type { Operation } from '../../shared/sync/operation.ts';
import type { SpaceRow, StoreWriter } from '../store/store.ts';
import type { AppliedWrite, Batch } from './batch.ts';
import { restoresOwn } from './restores-own.ts';

/** Writes of one operation of the authority: keeps it far below the size limit. */
export const writesAtMost = 200;
/** Numbers looked up at once where the next ones are taken. */
const lookedUpAhead = 1_000;

/** Commands of the authority. Nobody else may use such a name. */
export const systemCommand = /^system\./;

/** Id under which the authority writes (D7). */
export const systemUser = 'system';

/** What the authority answers a batch with, in the same transaction: official numbers (D1) and verdicts (D7). */
export async function answerBatch(batch: Batch, store: StoreWriter, space: SpaceRow, now: number): Promise<void> {
  const applied = batch.applied.filter(({ operation }) => operation.user !== systemUser);
  const verdicts: Verdict[] = [];
  for (const each of applied) {
    const verdict = await judgeApplied(batch, each);
    if (verdict) verdicts.push(verdict);
  }
  for (const { code, edits } of verdicts) await writeAsSystem(batch, space, now, `system.compensate.${code}`, [edits]);
  const numbers = await giveNumbers(batch, store, space, applied);
  for (let first = 0; first < numbers.length; first += writesAtMost)
    await writeAsSystem(batch, space, now, 'system.number', numbers.slice(first, first + writesAtMost));
}

interface Verdict {
  readonly code: string;
  readonly edits: FieldEdits;
}

async function judgeApplied(batch: Batch, { operation, record, before }: AppliedWrite): Promise<Verdict | null> {
  const state = batch.stateOf(record);
  const after = batch.valuesOf(record);
  if (state?.entity !== 'ticket' || before === undefined || after === undefined) return null;
  const write = operation.writes.find((each) => recordKey(each) === record);
  const verdict = write && judgeMove(before, after, write.fields);
  // An undo goes back where no move leads: it only ever restores what its author had replaced.
  if (!verdict || (await restoresOwn(batch, operation, write, 'state'))) return null;
  return { code: verdict.code, edits: { entity: 'ticket', id: state.id, fields: verdict.fields } };
}

/** Numbers for new tickets that bring none. One that an import brought is kept and never given again. */
async function giveNumbers(
  batch: Batch,
  store: StoreWriter,
  space: SpaceRow,
  applied: readonly AppliedWrite[],
): Promise<readonly FieldEdits[]> {
  const created = applied.filter(({ record, before }) => before === undefined && record.startsWith('ticket/'));
  if (created.length === 0) return [];
  const brought: { number: string; record: string }[] = [];
  const wanting: { id: string; prefix: string; record: string }[] = [];
  for (const record of new Set(created.map((each) => each.record))) {
    const values = batch.valuesOf(record) ?? {};
    const number = values['number'];
    if (typeof number === 'string' && number !== '') brought.push({ number, record });
    else
      wanting.push({
        id: record.slice('ticket/'.length),
        prefix: values['type'] === 'request' ? 'REQ' : 'INC',
        record,
      });
  }
  const prefixes = new Set(wanting.map(({ prefix }) => prefix));
  let given = space.numbers;
  const named: { id: string; number: string; record: string }[] = [];
  await store.putNumbers(given, brought);
  // An import may have brought thousands of the next numbers: after the first that is taken they are looked up many at once.
  for (let ahead = wanting.length; named.length < wanting.length; ahead = lookedUpAhead) {
    const counts = Array.from({ length: ahead }, (_, index) => given + index + 1);
    const taken = await store.takenNumbers(
      counts.flatMap((count) => [...prefixes].map((prefix) => numberText(prefix, count))),
    );
    for (const count of counts) {
      const each = wanting[named.length];
      if (each === undefined) break;
      given = count;
      const number = numberText(each.prefix, count);
      if (!taken.has(number)) named.push({ ...each, number });
    }
  }
  await store.putNumbers(given, named);
  return named.map(({ id, number }) => ({ entity: 'ticket', id, fields: { number } }));
}

function numberText(prefix: string, count: number): string {
  return `${prefix}${String(count).padStart(7, '0')}`;
}

/** Takes an operation of the authority that makes these edits. */
export async function writeAsSystem(
  batch: Batch,
  space: SpaceRow,
  now: number,
  command: string,
  edits: readonly FieldEdits[],
  user = systemUser,
): Promise<Operation> {
  const chain = batch.mirror.chains.get(space.systemDevice);
  const seq = (chain?.seq ?? 0) + 1;
  // The count stands in for a clock that went back between two starts.
  const at: ClockTime = [now, seq];
  const operation = composeOperation(
    {
      device: space.systemDevice,
      seq,
      at,
      clockOffset: 0,
      user,
      schemaVersion,
      previousHash: chain?.hash ?? '',
      command,
    },
    edits,
    (key) => batch.stateOf(key),
  );
  await batch.take({ type: 'operation', operation }, null);
  batch.attest(space.systemDevice, seq);
  return operation;
}
