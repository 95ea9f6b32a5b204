import { z } from 'zod';
import { fail, succeed, type Result } from '../result.ts';
import type { FieldValue } from '../sync/operation.ts';
import type { Change, Refusal } from './change.ts';
import { fieldsInput, idInput } from './command-input.ts';
import type { Command, DecisionContext, DecisionRow, ReadRequest } from './command.ts';
import { refuse } from './refusal.ts';
import { registerCommand, type PreparedCommand, type RegisteredCommand } from './register-command.ts';

export interface BulkInput {
  readonly ids: readonly string[];
  /** Name of a command that takes one record, e.g. `ticket.resolve`. */
  readonly command: string;
  /** Its input without `id`. */
  readonly input: Readonly<Record<string, FieldValue>>;
  /** `skip` (the default): do what can be done. `refuse`: do nothing when one cannot; the refusal tells why for each. */
  readonly onRefusal?: 'skip' | 'refuse' | undefined;
}

type Rows = ReadonlyMap<string, DecisionRow>;
type Prepared = readonly { readonly id: string; readonly prepared: Result<PreparedCommand, Refusal> }[];

/**
 * `ticket.bulk`, `record.bulk`: one command for many records. Each is decided on what those before it left, so that a parent and its
 * child in one selection do not collide. Refused with `bulk-refused` when none can; `items` names each.
 */
export function bulkCommand(
  name: string,
  commands: Readonly<Record<string, RegisteredCommand>>,
): RegisteredCommand<BulkInput> {
  const prepare = (input: BulkInput): Prepared => {
    const command = Object.hasOwn(commands, input.command) ? commands[input.command] : undefined;
    return [...new Set(input.ids)].map((id) => ({
      id,
      prepared: command
        ? command.prepare({ ...input.input, id })
        : refuse('not-for-bulk', { values: { command: input.command } }),
    }));
  };
  const command: Command<BulkInput> = {
    name,
    input: z.strictObject({
      ids: z.array(idInput).min(1).max(10_000),
      command: z.string(),
      input: fieldsInput,
      onRefusal: z.enum(['skip', 'refuse']).optional(),
    }),
    reads: (input) => joinReads(prepare(input)),
    decide: (input, rows, context) => decideBulk(prepare(input), input.onRefusal ?? 'skip', rows, context),
  };
  return registerCommand(command);
}

function joinReads(all: Prepared): ReadRequest {
  const reads = all.flatMap(({ prepared }) => (prepared.ok ? [prepared.value.reads] : []));
  const ids = new Set(reads.flatMap((each) => each.ids));
  return { ids: [...ids], pointing: reads.flatMap((each) => each.pointing ?? []) };
}

function decideBulk(
  all: Prepared,
  onRefusal: 'skip' | 'refuse',
  rows: Rows,
  context: DecisionContext,
): Result<readonly Change[], Refusal> {
  const seen = new Map(rows);
  const changes = new Map<string, Change>();
  const items: { readonly id: string; readonly refusal: Refusal }[] = [];
  for (const { id, prepared } of all) {
    if (!prepared.ok && prepared.failure.kind === 'not-for-bulk') return prepared;
    const decided = prepared.ok ? prepared.value.decide(seen, context) : prepared;
    if (decided.ok) for (const change of decided.value) addChange(change, changes, seen);
    else if (!changes.has(id)) items.push({ id, refusal: decided.failure });
  }
  const nothingDone = changes.size === 0;
  if (items.length > 0 && (nothingDone || onRefusal === 'refuse')) {
    return fail({ ...refuse('bulk-refused', { values: { total: all.length, refused: items.length } }).failure, items });
  }
  return succeed([...changes.values()]);
}

/** One change for each record, and rows as they will be. */
function addChange(change: Change, changes: Map<string, Change>, seen: Map<string, DecisionRow>): void {
  const before = changes.get(change.id);
  changes.set(change.id, before ? { ...before, fields: { ...before.fields, ...change.fields } } : change);
  const values = { ...seen.get(change.id)?.values, ...change.fields };
  seen.set(change.id, { entity: change.entity, id: change.id, values });
}
