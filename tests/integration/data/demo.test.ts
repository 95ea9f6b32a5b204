import { expect, it } from 'vitest';
import type { ListResult } from '../../../renderer/data/data-api.ts';
import { createMemoryDesktop } from '../../helpers/memory-desktop.ts';
import { openService } from '../../helpers/open-service.ts';

it('opens a new space with the demo, once, and gives the desk to its first person', async () => {
  const desktop = createMemoryDesktop();
  const first = await openService(desktop, 'demo', Math.random, true);
  expect(first.status.phase).toBe('ready');
  expect(first.status.records).toMatchObject({ ticket: 394, queue: 8, service: 12, site: 5, person: 80 });
  const newest = (await first.service.answer({
    type: 'list',
    entity: 'ticket',
    where: [{ field: 'state', op: 'in', values: ['new', 'in-progress', 'on-hold'] }],
    search: '',
    sort: [{ field: 'openedAt', direction: 'descending' }],
    offset: 0,
    limit: 5,
  })) as ListResult;
  expect(newest.total).toBeGreaterThan(150);
  expect(newest.rows[0]?.values['title']).toBe('Reset passwords of automation test users');
  expect(newest.rows[0]?.titles['caller']).toMatch(/^\p{L}+ \p{L}+$/u);
  const again = await openService(desktop, 'demo', Math.random, true);
  expect(again.status.records).toEqual(first.status.records);
  expect(again.status.operations).toBe(first.status.operations);
});
