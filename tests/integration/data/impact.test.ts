import { expect, it } from 'vitest';
import type { WatchQuery, WatchResults } from '../../../renderer/data/data-api.ts';
import type { DataService } from '../../../renderer/data/data-service.ts';
import type { HealthView, ImpactView } from '../../../renderer/data/impact/impact-api.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import { createMemoryDesktop } from '../../helpers/memory-desktop.ts';
import { openService, run } from '../../helpers/open-service.ts';

let spaces = 0;

async function asset(service: DataService, name: string, fields: Readonly<Record<string, FieldValue>> = {}) {
  await run(service, 'record.create', { entity: 'asset', id: name, fields: { name, ...fields } });
}

/** A switch with an access point and a cluster of two hosts behind it; one host hangs on another switch, too. */
async function openOffice(): Promise<DataService> {
  const { service } = await openService(createMemoryDesktop(), `impact-${++spaces}`);
  await run(service, 'record.create', { entity: 'person', id: 'ann', fields: { name: 'Ann' } });
  await run(service, 'record.create', { entity: 'service', id: 'wifi', fields: { name: 'Wi-Fi' } });
  await run(service, 'record.create', { entity: 'service', id: 'mail', fields: { name: 'Mail' } });
  await asset(service, 'switch');
  await asset(service, 'access-point', { service: 'wifi', assignedTo: 'ann' });
  await asset(service, 'host-1');
  await asset(service, 'host-2');
  await asset(service, 'cluster', { service: 'mail' });
  const relate = (id: string, type: string, other: string) => run(service, 'asset.relate', { id, type, other });
  await relate('access-point', 'connects-to', 'switch');
  await relate('host-1', 'connects-to', 'switch');
  await relate('cluster', 'has-members', 'host-1');
  await relate('cluster', 'has-members', 'host-2');
  return service;
}

function watch<Query extends WatchQuery>(service: DataService, query: Query) {
  const told: WatchResults[Query['type']][] = [];
  service.space.state.watches.add(`test-${JSON.stringify(query)}`, query, (result) => {
    told.push(result as WatchResults[Query['type']]);
  });
  return told;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
const ids = (view: ImpactView | undefined) => view?.affected.map(({ id }) => id);
const ofSwitch = { type: 'impact', sources: ['switch'], barriers: [], withContext: true, limit: 100 } as const;

it('impact is told live: who and what, by which way, and what redundancy bears', async () => {
  const service = await openOffice();
  const told = watch(service, ofSwitch);
  await pause();
  const view = told.at(-1);
  expect(ids(view)).toEqual(['access-point', 'host-1', 'wifi', 'ann']);
  expect(view?.totals).toEqual({ asset: 2, service: 1, person: 1 });
  expect(view?.affected.at(-1)?.path).toEqual([
    {
      id: 'switch',
      title: 'switch',
      link: { by: 'relation', relation: 'connects-to', isReverse: true },
      redundancy: null,
    },
    { id: 'access-point', title: 'access-point', link: { by: 'person' }, redundancy: null },
  ]);
  expect(view?.spared).toMatchObject([{ id: 'cluster', redundancy: { failed: 1, of: 2, needed: 1 } }]);
  expect(view?.links).toContainEqual({
    from: 'switch',
    to: 'host-1',
    link: { by: 'relation', relation: 'connects-to', isReverse: true },
  });

  await run(service, 'asset.relate', { id: 'host-2', type: 'connects-to', other: 'switch' });
  await pause();
  expect(ids(told.at(-1))).toEqual(['access-point', 'host-1', 'host-2', 'wifi', 'cluster', 'ann', 'mail']);
  expect(
    told
      .at(-1)
      ?.affected.find(({ id }) => id === 'cluster')
      ?.path.at(-1),
  ).toMatchObject({
    id: 'host-1',
    redundancy: { failed: 2, of: 2, needed: 1 },
  });
});

it('CMDB-4: what is not in production carries nothing and does not count among the redundant', async () => {
  const service = await openOffice();
  const told = watch(service, ofSwitch);
  await run(service, 'record.edit', { entity: 'asset', id: 'host-2', fields: { status: 'retired' } });
  await pause();
  expect(ids(told.at(-1))).toContain('mail');
  await run(service, 'record.edit', { entity: 'asset', id: 'switch', fields: { status: 'in-stock' } });
  await pause();
  expect(told.at(-1)?.sources).toMatchObject([{ id: 'switch', isProductive: false }]);
  expect(ids(told.at(-1))).toEqual([]);
});

it('another incident counts as context, a barrier stops, a limit shortens the list and not the figures', async () => {
  const service = await openOffice();
  const told = watch(service, ofSwitch);
  const barred = watch(service, { ...ofSwitch, barriers: ['access-point'] });
  const short = watch(service, { ...ofSwitch, limit: 1 });
  await run(service, 'ticket.create', { fields: { title: 'Down', asset: 'host-2', impact: '2', urgency: '1' } });
  await pause();
  expect(ids(told.at(-1))).toContain('mail');
  expect(ids(barred.at(-1))).toEqual(['host-1', 'cluster', 'mail']);
  expect(ids(short.at(-1))).toEqual(['access-point']);
  expect(short.at(-1)?.totals.asset).toBe(3);
});

it('CMDB-8: assets and services change colour with the incidents of their configuration items, and tell why', async () => {
  const service = await openOffice();
  const services = watch(service, { type: 'health', entity: 'service', ids: ['wifi', 'mail'] });
  const assets = watch(service, { type: 'health', entity: 'asset', ids: ['switch', 'access-point'] });
  await pause();
  expect(services.at(-1)).toMatchObject({ wifi: { state: 'operational' }, mail: { state: 'operational' } });
  const [ticket] = await run(service, 'ticket.create', {
    fields: { title: 'Dead', asset: 'switch', impact: '1', urgency: '1' },
  });
  await pause();
  const expected: Readonly<Record<string, HealthView>> = {
    switch: { state: 'incident', incidents: 1, causes: [] },
    'access-point': { state: 'warning', incidents: 0, causes: [{ id: 'switch', title: 'switch' }] },
  };
  expect(assets.at(-1)).toEqual(expected);
  expect(services.at(-1)).toMatchObject({
    wifi: { state: 'warning', causes: [{ id: 'access-point' }] },
    mail: { state: 'operational' },
  });
  await run(service, 'ticket.cancel', { id: ticket, reason: 'unnecessary' });
  await pause();
  expect(services.at(-1)).toMatchObject({ wifi: { state: 'operational', causes: [] } });
});

it('CMDB-7: licences are judged against what is installed on machines in production', async () => {
  const service = await openOffice();
  await asset(service, 'editor', { baseClass: 'software' });
  await asset(service, 'licence', { baseClass: 'licence', software: 'editor', seats: 1 });
  const told = watch(service, { type: 'licence', software: 'editor' });
  for (const host of ['host-1', 'host-2'])
    await run(service, 'asset.relate', { id: 'editor', type: 'installed-on', other: host });
  await pause();
  expect(told.at(-1)).toEqual({ verdict: 'non-compliant', installed: 2, purchased: 1, expired: 0 });
  await run(service, 'record.edit', { entity: 'asset', id: 'host-2', fields: { status: 'retired' } });
  await pause();
  expect(told.at(-1)).toMatchObject({ verdict: 'compliant', installed: 1 });
});
