import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backUp, restore } from '../../../server/backup.ts';
import { openEndpoint } from '../../../server/endpoint.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { digestRecords } from '../../../shared/sync/digest.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { startEndpoint, stopEndpoint, type ChildEndpoint } from '../../helpers/endpoint/child-endpoint.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const say = (): void => undefined;
const title = (id: string, text: string) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: text, state: 'new', impact: '3', urgency: '3' },
});
const digest = (desk: TestDesk): string => digestRecords(desk.replica.settledRecords());

describe('a restored endpoint', () => {
  let office: Office | undefined;
  afterEach(async () => await office?.close());

  it('gets back from any desk what the backup lacks, also of desks that are away and its own numbers', async () => {
    const directory = temporaryDirectory();
    const place = { kind: 'sqlite', directory } as const;
    office = await openOffice(place);
    const ada = await office.desk('ada', 'desk-agent');
    const bob = await office.desk('bob', 'desk-agent');
    ada.edit('ticket.create', [title('t1', 'before')]);
    await ada.exchange();
    await office.close();
    await backUp(place, path.join(directory, 'backup'), say);
    office = await openOffice(place);
    ada.url = office.url;
    bob.url = office.url;
    ada.edit('ticket.create', [title('t2', 'after')]);
    await ada.exchange();
    await bob.exchange();
    bob.edit('ticket.edit', [{ entity: 'ticket', id: 't2', fields: { title: 'seen by Bob' } }]);
    await bob.exchange();
    await office.close();
    await restore(place, path.join(directory, 'backup'), say);
    office = await openOffice(place);
    bob.url = office.url;
    // Ada is away: Bob brings her operation and the number the endpoint gave.
    await bob.exchange();
    const late = new TestDesk(office.url, 'cleo');
    await addAccount(office.endpoint, 'cleo', ['desk-agent']);
    await late.enrol((await giveCode(office.endpoint, 'cleo')).code);
    await late.exchange();
    expect(digest(late)).toBe(digest(bob));
    expect(late.replica.records.get('ticket/t2')?.fields['title']?.heads[0]?.value).toBe('seen by Bob');
    expect(late.replica.records.get('ticket/t2')?.fields['number']?.heads.map((head) => head.value)).toEqual([
      'INC0000002',
    ]);
  });
});

describe('an endpoint killed while it takes pushes', () => {
  const children: ChildEndpoint[] = [];
  afterEach(() => {
    for (const child of children) child.process.kill('SIGKILL');
  });
  const serve = async (directory: string): Promise<ChildEndpoint> => {
    const child = await startEndpoint(['--data', directory]);
    children.push(child);
    return child;
  };

  it('loses nothing it acknowledged and doubles nothing', async () => {
    const directory = temporaryDirectory();
    const place = { kind: 'sqlite', directory } as const;
    const setUp = await openEndpoint(place);
    await addAccount(setUp, 'ada', ['desk-agent']);
    const { code } = await giveCode(setUp, 'ada');
    await setUp.store.close();
    let child = await serve(directory);
    const ada = new TestDesk(child.url, 'ada');
    await ada.enrol(code);
    let made = 0;
    for (let round = 0; round < 4; round += 1) {
      let acknowledged = 0;
      // What the last kill cut off is brought first; the next one comes in the middle of pushes.
      await ada.exchange();
      const { process: victim } = child;
      const ended = new Promise((resolve) => victim.once('exit', resolve));
      try {
        for (;;) {
          made += 1;
          const operation = ada.edit('ticket.create', [title(`t${made}`, `ticket ${made}`)]);
          const answer = await ada.push(ada.pushLines([{ type: 'operation', operation }]));
          // The clock of the kill starts with the first acknowledgement: a busy machine may need long for that.
          if (acknowledged === 0) setTimeout(() => victim.kill('SIGKILL'), 120 + 90 * round);
          acknowledged = answer.held[ada.device] ?? 0;
        }
      } catch {
        // Killed in the middle of one: the desk does not know what became of it.
      }
      expect(acknowledged).toBeGreaterThan(0);
      // Its connection breaks before it is gone, and with it its lock of the directory.
      await ended;
      expect(victim.signalCode).toBe('SIGKILL');
      child = await serve(directory);
      ada.url = child.url;
      expect((await ada.hello()).held[ada.device] ?? 0).toBeGreaterThanOrEqual(acknowledged);
    }
    await ada.exchange();
    await stopEndpoint(child);
    const again = await openEndpoint(place);
    const rows = await again.store.read(async (store) => await store.page(0, 100_000, 1e9));
    const dots = rows.filter((row) => row.device === ada.device).map((row) => row.seq);
    expect(dots).toEqual(Array.from({ length: made }, (_, index) => index + 1));
    await again.store.close();
  });
});
