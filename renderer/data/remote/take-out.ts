import { entityDefinition } from '../../../shared/domain/entities.ts';
import { defaultsCommand } from '../../../shared/domain/service-level/default-policy.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import { dotOf, type Operation } from '../../../shared/sync/operation.ts';
import { judgeVoiding, type Voiding } from '../../../shared/sync/voiding.ts';
import { isOwnDevice } from '../engine/own-number.ts';
import type { RefusedRow } from '../storage/remote-rows.ts';
import { findOperation } from './find-operation.ts';
import { historyOf, isComplete, refoldBody } from './history.ts';
import { rootIdsOf } from './reader.ts';
import type { RemoteBatch } from './remote-batch.ts';

export type TakenOut = 'voided' | 'foreign-hash' | 'needs-history';

/** What the endpoint said of a refusal, and when this desk heard it (ms). */
export type Told = Pick<RefusedRow, 'refusedAt'> & Partial<Pick<RefusedRow, 'entity' | 'id' | 'field' | 'expected'>>;

/**
 * An operation held here was refused (D7): its values come out of every record it touched, which are folded again from
 * their history. An own one is kept for its author (I13). `needs-history`: the history of a record is not whole here;
 * the refusal is known from now on, and the record must be fetched anew. The place of its dot must have been loaded.
 */
export async function takeOut(
  batch: RemoteBatch,
  voiding: Voiding,
  seal: string | null,
  told: Told,
): Promise<TakenOut> {
  const dot = dotOf(voiding);
  const refused =
    batch.applied.find((operation) => dotOf(operation) === dot) ??
    batch.quarantined.get(dot)?.operation ??
    (await findOperation(batch.space, batch.index, dot));
  const verdict = judgeVoiding(voiding, {
    voidingOf: (other) => batch.voidings.get(other)?.voiding,
    inSnapshot: () => refused === undefined,
    // Of an excerpt only the index knows the hash of the whole.
    hashOf: () => refused && (batch.hashOf(dot) ?? hashOperation(refused)),
  });
  if (verdict === 'foreign-hash') return verdict;
  const wasWaiting = batch.release(dot);
  const ids = refused === undefined || wasWaiting ? [] : [...rootIdsOf(refused), ...recordsReplaced(voiding)];
  await batch.read(ids);
  const histories = [];
  for (const id of new Set(ids)) {
    const body = batch.bodies.get(id);
    if (!body) continue;
    const operations = await historyOf(batch, body);
    histories.push({ body, operations });
  }
  batch.putVoiding({ dot, voiding, seal });
  // With the refusal known: it tells what an operation had replaced of which only an excerpt is here.
  const whole = histories.filter(({ body, operations }) => isComplete(batch, body, operations));
  if (refused !== undefined && isOwnDevice(batch.meta, refused.device)) keepRefused(batch, refused, voiding.code, told);
  for (const { body, operations } of whole)
    batch.keep(
      refoldBody(
        batch,
        body,
        operations.filter((operation) => dotOf(operation) !== dot),
      ),
    );
  return refused !== undefined && whole.length === histories.length ? 'voided' : 'needs-history';
}

/** What it replaced, although of an excerpt its own writes may be hidden. Entries of a log are never written again. */
function recordsReplaced({ replaced }: Voiding): readonly string[] {
  return replaced.filter(({ entity }) => entityDefinition(entity)?.partOf === undefined).map(({ id }) => id);
}

function keepRefused(batch: RemoteBatch, refused: Operation, code: string, told: Told): void {
  if (refused.command === defaultsCommand) return;
  const [first] = refused.writes;
  batch.putRefused({
    dot: dotOf(refused),
    code,
    entity: told.entity ?? first?.entity ?? '',
    id: told.id ?? first?.id ?? '',
    field: told.field ?? null,
    expected: told.expected ?? '',
    line: JSON.stringify(refused),
    refusedAt: told.refusedAt,
  });
}
