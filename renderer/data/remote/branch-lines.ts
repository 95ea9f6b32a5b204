import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import type { HelloAnswer } from '../../../shared/sync/protocol.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { Space } from '../engine/space.ts';
import { parseOperation } from '../storage/operation-lines.ts';
import type { ChainLine } from './chain-lines.ts';

/** Losing chains under their raw names, as far as the endpoint lacks the branches they are read as. */
export async function* branchLines(
  space: Space,
  hello: HelloAnswer,
): AsyncGenerator<{ readonly device: string; readonly lines: AsyncIterable<ChainLine> }, void, undefined> {
  if (space.state.remote.branches.forks.size === 0) return;
  const chains = new Map<string, { readonly device: string; readonly lines: ChainLine[] }>();
  for (const { device: branch, partedAt, line } of await space.database.branches.toArray()) {
    if (line === null) continue;
    const operation = parseOperation(line, `operation of the branch ${branch}`);
    if (operation.seq - partedAt + 1 <= seqOf(hello.held, branch)) continue;
    const chain = chains.get(branch) ?? { device: operation.device, lines: [] };
    chain.lines.push({
      seq: operation.seq,
      hash: hashOperation(operation),
      text: `${line}\n`,
      isOperation: true,
    });
    chains.set(branch, chain);
  }
  for (const { device, lines } of chains.values())
    yield { device, lines: inOrder(lines.toSorted((left, right) => left.seq - right.seq)) };
}

async function* inOrder(lines: readonly ChainLine[]): AsyncGenerator<ChainLine, void, undefined> {
  yield* lines;
}
