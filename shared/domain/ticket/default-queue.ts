import type { FieldValue } from '../../sync/operation.ts';
import type { RecordValues } from '../change.ts';
import type { DecisionRow } from '../command.ts';

/**
 * INC-7: the queue that supports the asset, else the one that supports the service; only while the ticket has neither
 * queue nor assignee. Rows that were not read count as having no queue.
 */
export function defaultQueue(
  values: RecordValues,
  rows: ReadonlyMap<string, DecisionRow>,
): { readonly queue?: FieldValue } {
  if (values['queue'] || values['assignee']) return {};
  const queue = supportQueue(values['asset'], rows) ?? supportQueue(values['service'], rows);
  return queue === undefined ? {} : { queue };
}

function supportQueue(id: FieldValue | undefined, rows: ReadonlyMap<string, DecisionRow>): string | undefined {
  const queue = typeof id === 'string' ? rows.get(id)?.values['supportQueue'] : undefined;
  return typeof queue === 'string' && queue !== '' ? queue : undefined;
}
