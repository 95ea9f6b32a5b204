import type { Change, RecordValues, Refusal } from '../../shared/domain/change.ts';
import type { DecisionContext, DecisionRow, ReadRequest } from '../../shared/domain/command.ts';
import { prepareCommand } from '../../shared/domain/commands.ts';
import type { EntityKind } from '../../shared/domain/entities.ts';
import type { Result } from '../../shared/result.ts';

/** A desk in memory for tests of decisions: reads what a command asks for, applies what it decides. */
export interface MemoryDesk {
  readonly rows: ReadonlyMap<string, DecisionRow>;
  /** Wall time in ms of the next decision. */
  now: number;
  user: string;
  put(entity: EntityKind, id: string, values: RecordValues): void;
  run(name: string, input: unknown): Result<readonly Change[], Refusal>;
  values(id: string): RecordValues;
  /** Entries of a ticket's log, oldest first. */
  entries(ticketId: string): readonly RecordValues[];
}

export function createMemoryDesk(settings: Readonly<Record<string, unknown>> = {}): MemoryDesk {
  const rows = new Map<string, DecisionRow>();
  let made = 0;
  const desk: MemoryDesk = {
    rows,
    now: Date.UTC(2026, 0, 5, 9),
    user: 'agent',
    put: (entity, id, values) => void rows.set(id, { entity, id, values }),
    values: (id) => rows.get(id)?.values ?? {},
    entries: (ticketId) =>
      [...rows.values()]
        .filter((row) => row.entity === 'ticket-entry' && row.values['ticket'] === ticketId)
        .map((row) => row.values),
    run: (name, input) => {
      const context: DecisionContext = {
        now: desk.now,
        user: desk.user,
        newId: () => `id-${(made += 1)}`,
        newReference: (prefix) => `${prefix}-TEST-${(made += 1)}`,
        setting: (setting) => settings[setting],
      };
      const prepared = prepareCommand(name, input);
      if (!prepared.ok) return prepared;
      const decided = prepared.value.decide(readRows(rows, prepared.value.reads), context);
      if (decided.ok) for (const change of decided.value) applyChange(rows, change);
      return decided;
    },
  };
  return desk;
}

/** Only what was asked for, so that a decision that forgets to ask fails its test. */
function readRows(rows: ReadonlyMap<string, DecisionRow>, request: ReadRequest): ReadonlyMap<string, DecisionRow> {
  const wanted = new Set(request.ids);
  for (const id of request.ids)
    for (const field of request.follow ?? []) wanted.add(String(rows.get(id)?.values[field]));
  const follow = (entity: string, field: string, to: readonly string[], deep: boolean): readonly string[] => {
    const found = new Set<string>();
    const open = [...to];
    for (let above = open.shift(); above !== undefined; above = open.shift()) {
      for (const row of rows.values()) {
        if (row.entity !== entity || row.values[field] !== above || found.has(row.id)) continue;
        found.add(row.id);
        if (deep) open.push(row.id);
      }
    }
    return [...found];
  };
  for (const { entity, field, to, deep, below } of request.pointing ?? []) {
    const found = follow(entity, field, [to], deep === true);
    for (const id of [...found, ...(below ? follow(below.entity, below.field, found, true) : [])]) wanted.add(id);
  }
  const isWanted = ({ id, entity, values }: DecisionRow): boolean =>
    wanted.has(id) ||
    (request.withEntries === true && entity === 'ticket-entry' && wanted.has(String(values['ticket'])));
  return new Map([...rows].filter(([, row]) => isWanted(row)));
}

function applyChange(rows: Map<string, DecisionRow>, { entity, id, create, fields }: Change): void {
  const before = rows.get(id);
  if (create && before) throw new Error(`created twice: ${entity} ${id}`);
  if (!create && !before) throw new Error(`changed before it was created: ${entity} ${id}`);
  rows.set(id, { entity, id, values: { ...before?.values, ...fields } });
}
