import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import type { HelloAnswer } from '../../../shared/sync/protocol.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { Space } from '../engine/space.ts';
import { parseOperation } from '../storage/operation-lines.ts';
import type { BranchRow } from '../storage/remote-rows.ts';
import type { ChainLine } from './chain-lines.ts';

/** Losing chains under their raw names, as far as the endpoint lacks the branches they are read as. */
export async function* branchLines(
  space: Space,
  hello: HelloAnswer,
): AsyncGenerator<{ readonly device: string; readonly lines: AsyncIterable<ChainLine> }, void, undefined> {
  if (space.state.remote.branches.forks.size === 0) return;
  const chains = new Map<string, { readonly device: string; readonly lines: ChainLine[] }>();
  const rows = new Map((await space.database.branches.toArray()).map((row) => [row.key, row]));
  const branchDevices = new Set([...rows.values()].map(({ device }) => device));
  for (const row of rows.values()) {
    if (row.line === null) continue;
    const operation = parseOperation(row.line, `operation of the branch ${row.device}`);
    // Of a branch that parted in itself: another row has it under the name it was made with.
    if (branchDevices.has(operation.device)) continue;
    const { device: branch, seq } = settledName(rows, row, operation.seq);
    if (seq <= seqOf(hello.held, branch)) continue;
    const chain = chains.get(branch) ?? { device: operation.device, lines: [] };
    chain.lines.push({
      seq: operation.seq,
      hash: hashOperation(operation),
      text: `${row.line}\n`,
      isOperation: true,
    });
    chains.set(branch, chain);
  }
  for (const { device, lines } of chains.values())
    yield { device, lines: inOrder(lines.toSorted((left, right) => left.seq - right.seq)) };
}

/** What an operation is known as at last. */
function settledName(
  rows: ReadonlyMap<string, BranchRow>,
  { device, partedAt, renamedHash }: BranchRow,
  madeAs: number,
): { readonly device: string; readonly seq: number } {
  const seq = madeAs - partedAt + 1;
  const next = rows.get(`${device} ${renamedHash}`);
  return next === undefined ? { device, seq } : settledName(rows, next, seq);
}

async function* inOrder(lines: readonly ChainLine[]): AsyncGenerator<ChainLine, void, undefined> {
  yield* lines;
}
