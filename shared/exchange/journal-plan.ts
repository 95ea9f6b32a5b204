import { instantReader } from './date-format.ts';
import { importCommand, type ImportOptions, type ImportPorts, type ImportStep } from './import-step.ts';
import { journalEntryId, parseJournal, type JournalEntry } from './journal-entries.ts';
import type { Mapping } from './mapping.ts';
import type { PlannedRow } from './plan-row.ts';

interface WrittenRow {
  readonly plan: PlannedRow;
  readonly id: string;
}

/** Turns journal columns into comments and work notes, each by the person and at the time it names. */
export class JournalPlanner {
  readonly #mapping: Mapping;
  readonly #ports: ImportPorts;
  readonly #options: ImportOptions;
  readonly #readers: readonly ReturnType<typeof instantReader>[];

  constructor(mapping: Mapping, ports: ImportPorts, options: ImportOptions) {
    this.#mapping = mapping;
    this.#ports = ports;
    this.#options = options;
    // Journals are printed in the session's format, which is often another than the columns'.
    this.#readers = [instantReader(mapping.dateFormat, mapping.zone), instantReader('iso-8601', mapping.zone)];
  }

  authors(rows: readonly PlannedRow[]): Set<string> {
    return new Set(rows.flatMap((row) => this.#entriesOf(row).flatMap(({ entry }) => entry.author ?? [])));
  }

  async plan(
    rows: readonly WrittenRow[],
    person: (name: string) => string | undefined,
  ): Promise<readonly ImportStep[]> {
    const wanted = rows.flatMap(({ plan, id }) =>
      this.#entriesOf(plan).map(({ audience, entry }) => ({
        plan,
        ticket: id,
        audience,
        entry,
        id: journalEntryId(id, audience, entry),
      })),
    );
    if (wanted.length === 0) return [];
    const known = new Set(await this.#ports.entriesOf([...new Set(wanted.map(({ ticket }) => ticket))]));
    const steps: ImportStep[] = [];
    for (const { plan, ticket, audience, entry, id } of wanted) {
      if (known.has(id)) continue;
      known.add(id);
      const at = entry.at ?? plan.at ?? this.#options.now;
      const author = (entry.author === null ? undefined : person(entry.author)) ?? this.#options.user;
      steps.push({
        at,
        user: author,
        command: importCommand(this.#options.importId, 'comment'),
        changes: [
          {
            entity: 'ticket-entry',
            id,
            create: true,
            fields: { ticket, audience, body: entry.body, author, writtenAt: at },
          },
        ],
      });
    }
    return steps.toSorted((left, right) => left.at - right.at);
  }

  #entriesOf(row: PlannedRow): readonly { readonly audience: string; readonly entry: JournalEntry }[] {
    if (this.#mapping.entity !== 'ticket') return [];
    return row.journals.flatMap(({ audience, text }) =>
      parseJournal(text, this.#readers).map((entry) => ({ audience, entry })),
    );
  }
}
