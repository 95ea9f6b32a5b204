import { expect, it } from 'vitest';
import { createMemoryDesktop } from '../../helpers/memory-desktop.ts';
import { openService, run } from '../../helpers/open-service.ts';

it('finds every body while idle work moves them from delta into segments', async () => {
  const desktop = createMemoryDesktop();
  const first = await openService(desktop, 'moving');
  const ids: string[] = [];
  for (let count = 0; count < 60; count += 1)
    ids.push(...(await run(first.service, 'ticket.create', { fields: { type: 'incident', title: `Moved ${count}` } })));
  first.service.space.database.close();
  const { space } = (await openService(desktop, 'moving')).service;
  const { store } = space.state;
  // One read begins in every turn of the move, and none may find its body neither here nor there.
  const move = { ended: false };
  const moved = space.queue.exclusive(() => store.consolidate(96)).finally(() => (move.ended = true));
  const reads: Promise<unknown>[] = [];
  for (let turn = 0; !move.ended; turn += 1) {
    reads.push(store.read([ids[turn % ids.length] ?? '']).then((bodies) => expect(bodies.size).toBe(1)));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await moved;
  await Promise.all(reads);
  expect(reads.length).toBeGreaterThan(1);
});

it('says which body is missing when the database has lost it', async () => {
  const desktop = createMemoryDesktop();
  const first = await openService(desktop, 'missing');
  const [id = ''] = await run(first.service, 'ticket.create', { fields: { type: 'incident', title: 'Gone' } });
  first.service.space.database.close();
  const { space } = (await openService(desktop, 'missing')).service;
  await space.database.delta.delete(id);
  await expect(space.state.store.read([id])).rejects.toThrow(`${id} is missing from delta`);
});
