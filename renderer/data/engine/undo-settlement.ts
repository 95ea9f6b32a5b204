import type { Change } from '../../../shared/domain/change.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import { compareHeads } from '../../../shared/sync/merge.ts';
import { dotOf, type Dot, type Operation, type Write } from '../../../shared/sync/operation.ts';
import type { Head, RecordState } from '../../../shared/sync/record-state.ts';
import { headsInReview } from '../../../shared/sync/shown.ts';
import { fieldRules } from './derive-row.ts';

/** One of several values that a person had chosen from, to be written beside the others: it replaces the choice alone. */
export interface RestoredHead {
  readonly change: Change;
  readonly parents: Write['parents'];
}

export interface SettlementUndo {
  /** By `entity/id field`: what is undone here, and by nothing else. */
  readonly fields: ReadonlySet<string>;
  /** In the order in which they are to be written: the one shown before comes last, and is shown again. */
  readonly restored: readonly RestoredHead[];
  /** Undoing that once more: the choice again. */
  readonly chosen: readonly Change[];
}

type WrittenHead = (id: string, field: string, dot: Dot) => Head | undefined;

/**
 * Undo of a choice in review: the field has again all the values there were, each as an operation of its own that
 * replaces the choice, so that they are concurrent again on every device. `together` are the operations undone at once.
 */
export function undoSettlement(
  operation: Operation,
  stateOf: (key: string) => RecordState | undefined,
  written: WrittenHead,
  together: ReadonlySet<Dot>,
): SettlementUndo {
  const fields = new Set<string>();
  const restored: RestoredHead[] = [];
  const chosen: Change[] = [];
  const dot = dotOf(operation);
  for (const write of operation.writes) {
    const { entity, id } = write;
    const key = recordKey(write);
    const rules = fieldRules(entity);
    for (const field of Object.keys(write.fields)) {
      const heads = stateOf(key)?.fields[field]?.heads ?? [];
      const parents = Object.hasOwn(write.parents, field) ? (write.parents[field] ?? []) : [];
      const before = parents.flatMap((parent) => written(id, field, parent) ?? []).sort(compareHeads);
      const change = (value: Head['value']): Change => ({
        entity: entity as EntityKind,
        id,
        fields: { [field]: value },
      });
      const [only, ...others] = heads;
      const wasChoice =
        headsInReview({ heads: before }, rules.classOf(field)).length > 1 && before.length === parents.length;
      if (only?.dot === dot && others.length === 0 && wasChoice) {
        fields.add(`${key} ${field}`);
        for (const head of before.toReversed())
          restored.push({ change: change(head.value), parents: { [field]: [dot] } });
      } else if (others.length > 0 && parents.length === 1 && heads.every((head) => together.has(head.dot))) {
        fields.add(`${key} ${field}`);
        // All of them were made by one undo; the first that is asked gives the choice for all.
        if (only?.dot === dot && before[0]) chosen.push(change(before[0].value));
      }
    }
  }
  return { fields, restored, chosen };
}
