import { BranchBook } from '../../../shared/sync/branch-book.ts';
import type { RemoteState } from '../engine/remote-state.ts';
import type { Database } from '../storage/database.ts';
import { parseOperation } from '../storage/operation-lines.ts';

/** What start-up needs of the exchange with endpoints: refusals, what waits for an upgrade, forks. All of it is rare. */
export async function readRemote(database: Database): Promise<RemoteState> {
  const [voidings, waiting, refused, branches] = await Promise.all([
    database.voidings.toArray(),
    database.quarantine.toArray(),
    database.refused.toArray(),
    database.branches.toArray(),
  ]);
  return {
    voidings: new Map(voidings.map((row) => [row.dot, row])),
    quarantined: new Map(
      waiting.map(({ dot, logKey, line }) => [
        dot,
        { logKey, operation: parseOperation(line, `quarantined operation ${dot}`) },
      ]),
    ),
    refused: new Map(refused.map((row) => [row.dot, row])),
    branches: new BranchBook(
      branches.map(({ key, device, partedAt, renamedHash }) => [key, { device, partedAt, renamedHash }]),
    ),
  };
}
