import {
  recurrenceSteps,
  type ComparedIncident,
  type Recurrence,
} from '../../../shared/domain/problem/recurrence/find-recurrences.ts';
import { spelledOut, tellingWords } from '../../../shared/domain/problem/recurrence/incident-words.ts';
import { isDismissed } from '../../../shared/domain/problem/recurrence/recurrence-dismissal.ts';
import { elementsOf } from '../../../shared/domain/set-elements.ts';
import { valuesOf } from '../engine/derive-row.ts';
import type { BodyStore } from '../storage/body-store.ts';
import type { Tables } from '../storage/tables.ts';
import type { RecurrencesQuery, RecurrenceView, SharedValue } from './problem-api.ts';

export interface RecurrenceParts {
  readonly tables: Tables;
  readonly store: () => BodyStore;
  /** Wall time in ms. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** Incidents opened this long ago (ms) are compared, and open ones of any age. */
const lookedBackMs = 30 * 24 * 3_600_000;
/** More are not compared: the newest count. */
const comparedAtMost = 2_000;
/** Between two computations, in ms, however often tickets change. */
const restMs = 4_000;
const bodiesPerRead = 100;

interface KnownWords {
  readonly updatedAt: number;
  readonly title: ReadonlySet<string>;
  readonly description: ReadonlySet<string>;
}

/**
 * What seems to recur. Computed when somebody looks, in small steps with room for others between them, and at most every
 * few seconds; words of an incident are read again only after it has changed.
 */
export class RecurrenceIndex {
  readonly #parts: RecurrenceParts;
  readonly #words = new Map<string, KnownWords>();
  #found: { readonly version: string; readonly value: readonly Recurrence[] } | null = null;
  #computedAt = Number.NEGATIVE_INFINITY;
  #running: Promise<readonly Recurrence[]> | null = null;

  constructor(parts: RecurrenceParts) {
    this.#parts = parts;
  }

  async view({ limit }: RecurrencesQuery): Promise<readonly RecurrenceView[]> {
    const found = await this.#current();
    const dismissals = await this.#dismissals();
    return found
      .filter((each) => !isDismissed(each, dismissals))
      .slice(0, limit)
      .map((each) => this.#viewOf(each));
  }

  /** One computation at a time, whoever asks. */
  #current(): Promise<readonly Recurrence[]> {
    this.#running ??= this.#compute().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #compute(): Promise<readonly Recurrence[]> {
    const { tables, wait, now } = this.#parts;
    const version = (): string => `${tables.of('ticket').size}.${tables.of('ticket').version}`;
    if (this.#found?.version === version()) return this.#found.value;
    const rest = this.#computedAt + restMs - now();
    if (rest > 0 && rest <= restMs) await wait(rest);
    const of = version();
    const incidents = await this.#incidents();
    const steps = recurrenceSteps(incidents);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) {
        this.#found = { version: of, value };
        this.#computedAt = now();
        return value;
      }
      await wait(0);
    }
  }

  /** Incidents without a problem that are open or new enough, the newest first up to the limit. */
  #rows(): readonly number[] {
    const table = this.#parts.tables.of('ticket');
    const since = this.#parts.now() - lookedBackMs;
    const at = (field: string, row: number): unknown => table.columns.get(field)?.get(row) ?? null;
    const rows: { readonly row: number; readonly openedAt: number }[] = [];
    for (let row = 0; row < table.size; row += 1) {
      const openedAt = Number(at('openedAt', row) ?? 0);
      const state = at('state', row);
      if (openedAt < since && (state === 'closed' || state === 'resolved' || state === 'canceled')) continue;
      if (table.isDeleted(row) || at('type', row) !== 'incident' || state === 'canceled') continue;
      // What belongs to a problem, or to another incident, is accounted for.
      if (at('problem', row) !== null || at('parent', row) !== null) continue;
      rows.push({ row, openedAt });
    }
    return rows
      .sort((left, right) => right.openedAt - left.openedAt)
      .slice(0, comparedAtMost)
      .map(({ row }) => row);
  }

  async #incidents(): Promise<readonly ComparedIncident[]> {
    const table = this.#parts.tables.of('ticket');
    const rows = this.#rows();
    await this.#readWords(rows);
    return rows.flatMap((row): readonly ComparedIncident[] => {
      const id = table.idAt(row);
      const words = this.#words.get(id);
      if (words === undefined) return [];
      const { asset, service, category, openedAt, state } = table.valuesAt(row);
      const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
      const isOpen = state !== 'resolved' && state !== 'closed';
      return [
        {
          id,
          title: words.title,
          description: words.description,
          asset: text(asset),
          service: text(service),
          category: text(category),
          openedAt: Number(openedAt ?? 0),
          isOpen,
        },
      ];
    });
  }

  async #readWords(rows: readonly number[]): Promise<void> {
    const table = this.#parts.tables.of('ticket');
    const wanted = rows
      .filter((row) => this.#words.get(table.idAt(row))?.updatedAt !== table.updatedAt(row))
      .map((row) => table.idAt(row));
    for (let from = 0; from < wanted.length; from += bodiesPerRead) {
      const bodies = await this.#parts.store().read(wanted.slice(from, from + bodiesPerRead));
      for (const [id, body] of bodies) {
        const { title, description } = valuesOf(body.state);
        this.#words.set(id, {
          updatedAt: body.updatedAt,
          title: tellingWords(String(title ?? '')),
          description: tellingWords(String(description ?? '')),
        });
      }
      await this.#parts.wait(0);
    }
  }

  async #dismissals(): Promise<readonly ReadonlySet<string>[]> {
    const table = this.#parts.tables.of('recurrence-dismissal');
    const ids: string[] = [];
    for (let row = 0; row < table.size; row += 1)
      if (!table.isDeleted(row) && table.columns.get('active')?.get(row) !== false) ids.push(table.idAt(row));
    const bodies = await this.#parts.store().read(ids);
    return [...bodies.values()].map((body) => new Set(elementsOf(valuesOf(body.state), 'incidents')));
  }

  #viewOf(found: Recurrence): RecurrenceView {
    const { tables } = this.#parts;
    const shared = (kind: string, value: Recurrence['asset']): SharedValue | null =>
      value && { ...value, title: kind === '' ? value.id : tables.titleOf(kind, value.id) };
    return {
      ...found,
      words: spelledOut(
        found.words,
        found.incidents.map((id) => tables.titleOf('ticket', id)),
      ),
      incidents: found.incidents.map((id) => ({ id, title: tables.titleOf('ticket', id) })),
      asset: shared('asset', found.asset),
      service: shared('service', found.service),
      category: shared('', found.category),
    };
  }
}
