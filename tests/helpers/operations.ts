import { hashOperation } from '../../shared/sync/operation-hash.ts';
import type { Dot, FieldValue, Operation } from '../../shared/sync/operation.ts';

type Fields = Readonly<Record<string, FieldValue>>;
type Parents = Readonly<Record<string, readonly Dot[]>>;

/** An operation that writes fields of `ticket/t1`, later with each sequence number. */
export function operationBy(
  device: string,
  seq: number,
  fields: Fields,
  parents: Parents = {},
  more: Partial<Operation> = {},
): Operation {
  return {
    device,
    seq,
    at: [1000 * seq, 0],
    clockOffset: null,
    user: 'ada',
    schemaVersion: 1,
    previousHash: '',
    command: `edit.${seq}`,
    writes: [{ entity: 'ticket', id: 't1', fields, parents }],
    ...more,
  };
}

/** The same operations, each naming the one before it: the chain of one device. */
export function chainOf(...operations: readonly Operation[]): readonly Operation[] {
  const chain: Operation[] = [];
  for (const operation of operations) {
    const last = chain.at(-1);
    chain.push({ ...operation, previousHash: last === undefined ? operation.previousHash : hashOperation(last) });
  }
  return chain;
}
