import incidents from '../../tests/fixtures/incidents-sample.csv?raw';
import ticketTexts from '../../tests/fixtures/ticket-texts.csv?raw';
import type { Change } from '../../shared/domain/change.ts';
import { entities } from '../../shared/domain/entities.ts';
import type { EntityDefinition } from '../../shared/domain/field.ts';
import type { ImportStep } from '../../shared/exchange/import-step.ts';
import type { FieldValue } from '../../shared/sync/operation.ts';
import type { Intent } from './engine/build-operation.ts';
import { createImportPorts } from './engine/import-ports.ts';
import type { Environment, Space } from './engine/space.ts';
import { runImport } from './exchange/import-job.ts';
import type { FileSource, ImportJobPorts } from './exchange/ports.ts';
import { previewImport } from './exchange/preview-import.ts';
import { readTable } from './exchange/read-table.ts';

const dayMs = 86_400_000;
/** Where people, queues and sites of the demo came in, before the oldest ticket. */
const demoBeginsAgoMs = 120 * dayMs;

interface TicketText {
  readonly title: string;
  readonly description: string;
  readonly type: string;
}

/**
 * Fills a space with the demo: a few hundred real incidents with their history, imported by the same pipeline as any
 * file, with titles and descriptions of real tickets (sources in tests/fixtures/README.md). The sample's tickets are all
 * finished long ago: each is moved in time to end lately, and two of three stop before they were resolved. Afterwards
 * the desk belongs to the person with the most open work.
 */
export async function fillDemo(space: Space, environment: Environment): Promise<void> {
  const texts = await readTexts();
  const now = environment.now();
  const lives = new Map<string, Life>();
  const intentsOf = (steps: readonly ImportStep[]): Intent[] => {
    planLives(steps, lives, now);
    return steps.flatMap((step) => {
      const ticket = step.changes.find((change) => change.entity === 'ticket');
      const life = ticket && lives.get(ticket.id);
      if (life && life.endsAt !== null && step.at >= life.endsAt) return [];
      const shift = life ? life.shift : now - demoBeginsAgoMs - step.at;
      const changes = step.changes.map((change) => dress(change, shift, life && texts[life.index % texts.length]));
      return [{ command: step.command, user: step.user, changes, occurredAt: Math.min(step.at + shift, now) }];
    });
  };
  const source = textSource('incidents-sample.csv', incidents);
  const preview = await previewImport(source, { zone: 'UTC' });
  if (!preview.ok) throw new Error(`the demo cannot be read: ${preview.failure.kind}`);
  const ports: ImportJobPorts = {
    ...createImportPorts(space, environment),
    now: environment.now,
    progress: () => undefined,
    cancelled: () => false,
    commitSteps: async (steps) => {
      const intents = intentsOf(steps);
      if (intents.length > 0) await space.writeBulk(intents);
    },
  };
  const request = { importId: environment.newId(), mapping: preview.value.mapping, user: space.state.meta.user, dryRun: false };
  const { failure } = await runImport(source, request, ports);
  if (failure) throw new Error(`the demo stopped: ${JSON.stringify(failure)}`);
  const busiest = space.state.lists.facet('ticket', 'assignee', [{ field: 'state', op: 'in', values: ['new', 'in-progress', 'on-hold'] }]).find((facet) => facet.value !== null);
  if (busiest?.value === null || busiest === undefined) return;
  const user = busiest.value;
  space.state.meta = { ...space.state.meta, user };
  await space.writeBulk([{ command: 'record.edit', user, changes: [{ entity: 'person', id: user, fields: { agent: true } }] }]);
}

/** How one ticket of the sample is moved: its number, what is added to its times (ms), and when it stops (null: never). */
interface Life {
  readonly index: number;
  readonly shift: number;
  readonly endsAt: number | null;
}

function planLives(steps: readonly ImportStep[], lives: Map<string, Life>, now: number): void {
  const byTicket = new Map<string, { readonly at: number; readonly finishes: boolean }[]>();
  for (const step of steps) {
    for (const change of step.changes) {
      if (change.entity !== 'ticket' || lives.has(change.id)) continue;
      const state = change.fields['state'];
      byTicket.set(change.id, [...(byTicket.get(change.id) ?? []), { at: step.at, finishes: state === 'resolved' || state === 'closed' }]);
    }
  }
  for (const [id, moments] of byTicket) {
    const index = lives.size;
    const endsAt = index % 3 === 0 ? null : (moments.find(({ finishes, at }) => finishes && at > (moments[0]?.at ?? 0))?.at ?? null);
    const kept = moments.filter(({ at }) => endsAt === null || at < endsAt);
    // Spread over the last days, the open ones nearest to now.
    const lastAgoMs = endsAt === null ? (1 + (index % 60)) * 0.5 * dayMs : (3 + ((index * 37) % 4_000)) * 60_000;
    lives.set(id, { index, shift: now - lastAgoMs - (kept.at(-1)?.at ?? now), endsAt });
  }
}

function dress(change: Change, shift: number, text: TicketText | undefined): Change {
  const moved = { ...change, fields: shiftInstants(change, shift) };
  return change.entity === 'ticket' && change.create === true && text ? { ...moved, fields: { ...moved.fields, ...text } } : moved;
}

async function readTexts(): Promise<readonly TicketText[]> {
  const table = readTable(textSource('ticket-texts.csv', ticketTexts));
  const texts: TicketText[] = [];
  for await (const rows of table.rows) {
    for (const { cells } of rows) {
      const [title = '', , type = 'incident', , description = ''] = cells;
      texts.push({ title, description, type: type === 'request' ? 'request' : 'incident' });
    }
  }
  return texts;
}

function textSource(name: string, text: string): FileSource {
  const bytes = new TextEncoder().encode(text);
  return { name, bytes: bytes.length, readChunk: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)) };
}

function shiftInstants(change: Change, shift: number): Record<string, FieldValue> {
  const fields: EntityDefinition['fields'] = entities[change.entity].fields;
  return Object.fromEntries(
    Object.entries(change.fields).map(([name, value]) => {
      const definition = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, definition?.type === 'instant' && typeof value === 'number' ? value + shift : value];
    }),
  );
}
