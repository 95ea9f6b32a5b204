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

/** Newest moment of the sample (2017-02-18, UTC): the demo is shifted so that this is now. */
const sampleEnd = Date.UTC(2017, 1, 18);

interface TicketText {
  readonly title: string;
  readonly description: string;
  readonly type: string;
}

/**
 * Fills a space with the demo: a few hundred real incidents with their history, imported by the same pipeline as any
 * file, with titles and descriptions of real tickets (sources in tests/fixtures/README.md). Afterwards the desk belongs
 * to the person with the most open work.
 */
export async function fillDemo(space: Space, environment: Environment): Promise<void> {
  const texts = await readTexts();
  const shift = environment.now() - sampleEnd;
  let next = 0;
  const dressed = (change: Change): Change => {
    const moved = { ...change, fields: shiftInstants(change, shift) };
    if (change.entity !== 'ticket' || change.create !== true) return moved;
    const text = texts[next % texts.length];
    next += 1;
    return text ? { ...moved, fields: { ...moved.fields, ...text } } : moved;
  };
  const intentOf = (step: ImportStep): Intent => ({ command: step.command, user: step.user, changes: step.changes.map(dressed), occurredAt: step.at + shift });
  const source = textSource('incidents-sample.csv', incidents);
  const preview = await previewImport(source, { zone: 'UTC' });
  if (!preview.ok) throw new Error(`the demo cannot be read: ${preview.failure.kind}`);
  const ports: ImportJobPorts = {
    ...createImportPorts(space, environment),
    now: environment.now,
    progress: () => undefined,
    cancelled: () => false,
    commitSteps: async (steps) => { await space.writeBulk(steps.map(intentOf)); },
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
