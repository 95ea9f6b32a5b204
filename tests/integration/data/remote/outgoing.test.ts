import { expect, it } from 'vitest';
import { createMemoryDesktop } from '../../../helpers/memory-desktop.ts';
import { openService } from '../../../helpers/open-service.ts';
import { chainOf, operationBy } from '../../../helpers/operations.ts';
import { PageEndpoint, storeOf } from '../../../helpers/page-endpoint.ts';
import { helloOf } from '../../../helpers/page-hello.ts';

it('refusals that an endpoint has lost are sent in one push, not in one each', async () => {
  const { service } = await openService(createMemoryDesktop('K3V9Q2M7TA'), 'outgoing');
  const store = storeOf(service);
  const endpoint = new PageEndpoint(() => true);
  const numbers = [1, 2, 3, 4, 5];
  for (const operation of chainOf(...numbers.map((seq) => operationBy('DDDDDDDDDD', seq, { title: `T${seq}` }))))
    endpoint.admit(operation);
  const page = endpoint.page(0, 10);
  await store.takePage({ ...page, entries: page.entries.map((entry) => ({ ...entry, seal: 's'.repeat(86) })) });
  const hello = helloOf(endpoint);
  const held = { ...hello.held, [store.standing().device]: 1_000 };
  const voided = hello.voided.filter((dot) => dot === 'DDDDDDDDDD:3');
  const batches: string[] = [];
  for await (const { lines } of store.outgoing({ ...hello, held, voided })) batches.push(lines);
  expect(batches).toHaveLength(1);
  const sent = (batches[0] ?? '')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { voiding: { seq: number } }).voiding.seq);
  expect(sent).toEqual([1, 2, 4, 5]);
});
