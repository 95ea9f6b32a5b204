import type { FieldEdits } from '../../shared/sync/compose.ts';
import { author } from './author-step.ts';
import type { Chance } from './chance.ts';
import type { Device } from './device.ts';
import type { World } from './world.ts';

const fieldNames = ['title', 'state', 'assignee', 'tags/vip', 'description'] as const;

/** Somebody edits one or two records, and now and then comments. */
export function editRecords(world: World, device: Device, chance: Chance): void {
  const number = world.ledger.authored.length;
  const keys = world.keys.filter((key) => {
    const [entity = '', id = ''] = key.split('/');
    return device.reader.knowsKind(entity) && device.inScope({ entity, id });
  });
  if (keys.length === 0) return;
  const edits: FieldEdits[] = [];
  for (let count = chance.happens(0.25) ? 2 : 1; count > 0; count -= 1) {
    const [entity = '', id = ''] = chance.pick(keys).split('/');
    const fields = Array.from(
      { length: chance.happens(0.3) ? 2 : 1 },
      () => [chance.pick(fieldNames), `v${number}.${count}`] as const,
    );
    edits.push({ entity, id, fields: Object.fromEntries(fields) });
  }
  if (chance.happens(0.1))
    edits.push({ entity: 'ticket-entry', id: `c${number}`, fields: { body: `comment ${number}` } });
  const visible = edits.filter((edit) => edit.entity !== 'ticket-entry' || device.disk.scope === null);
  author(device, { edits: visible }, `edit.${number}`, chance, world.rate('crash'));
}
