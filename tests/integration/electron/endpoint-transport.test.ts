import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointFailure } from '../../../shared/desktop-endpoint.ts';
import type { Result } from '../../../shared/result.ts';
import { helloAnswerSchema, pushAnswerSchema } from '../../../shared/sync/protocol.ts';
import { encodePushLine, parsePullPage } from '../../../shared/sync/protocol-lines.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import { addAccount, giveCode, revokeDevice } from '../../../server/identity/administration.ts';
import { openFaultProxy, slowLine, type Fault, type FaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';
import { openTestTransport, type TestTransport } from '../../helpers/endpoint/test-transport.ts';

const space = 'desk';
const minute = 60_000;
let office: Office;
let proxy: FaultProxy;
let desk: TestTransport;
let serverSkew = 0;

beforeEach(async () => {
  serverSkew = 0;
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() }, () => Date.now() + serverSkew);
  proxy = await openFaultProxy(office.url);
  desk = await openTestTransport();
  await addAccount(office.endpoint, 'ada', ['desk-agent']);
});
afterEach(async () => {
  desk.close();
  await proxy.close();
  await office.close();
});

const newCode = async (): Promise<string> => (await giveCode(office.endpoint, 'ada')).code;
const enrolAs = async (transport: TestTransport, code: string, url = proxy.url) =>
  await transport.handlers.endpointEnrol({ space, url, code, deviceName: 'laptop', person: 'ada' });
const enrol = async () => must(await enrolAs(desk, await newCode()));
const hello = async (transport = desk) =>
  await transport.handlers.endpointHello({ space, request: { protocol: [1, 1], schemaVersion: 1 } });
const connectionFile = (): string => desk.disk.peek('/spaces/desk/endpoint.json').toString();

function must<Value>(result: Result<Value, EndpointFailure>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const newTicket = (id: string, openedBy: string, title: string, description = '') => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title, state: 'new', impact: '3', urgency: '3', openedBy, description },
});

/** The next request to this path meets the fault, those after it do not. */
function once(path: string, fault: Fault): void {
  let met = false;
  proxy.choose = (request) => {
    if (met || request.path !== path) return 'none';
    met = true;
    return fault;
  };
}

describe('enrolment', () => {
  it('enrols by the code as typed, keeps the secrets from the page and from everybody else', async () => {
    const account = await enrol();
    expect(account).toMatchObject({ account: 'ada', person: 'ada', roles: ['desk-agent'], device: desk.device });
    expect(account).toMatchObject({ url: proxy.url, deviceName: 'laptop', space: office.endpoint.space });
    expect(Object.keys(account).sort()).toEqual(
      ['account', 'device', 'deviceName', 'lastContactAt', 'person', 'roles', 'space', 'url'].sort(),
    );
    expect(await desk.handlers.endpointAccount({ space })).toEqual(account);
    expect(JSON.parse(connectionFile())).toMatchObject({ sealed: null, plain: { refreshToken: expect.any(String) } });
    expect(desk.logged.filter(({ message }) => message.includes('no keyring'))).toHaveLength(1);
  });

  it('seals the key and the token where the system can, and opens them after a restart', async () => {
    const seal = {
      seal: (secret: string) => Buffer.from(secret).toString('hex'),
      open: (sealed: string) => Buffer.from(sealed, 'hex').toString(),
    };
    desk = await openTestTransport({ seal });
    await enrol();
    expect(JSON.parse(connectionFile())).toMatchObject({ plain: null });
    expect(connectionFile()).not.toContain('refreshToken');
    const again = await openTestTransport({ seal, disk: desk.disk });
    expect((await hello(again)).ok).toBe(true);
  });

  it('says what is wrong with a used code, and goes on with the enrolment it has', async () => {
    const code = await newCode();
    must(await enrolAs(desk, code));
    expect(await enrolAs(desk, code)).toMatchObject({ ok: false, failure: { problem: { code: 'bad-credentials' } } });
    expect((await hello()).ok).toBe(true);
  });

  it('keeps the key when the answer is lost, so that another code enrols the same device', async () => {
    once('/v1/enrol', 'lose-answer');
    expect(await enrolAs(desk, await newCode())).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
    const again = await openTestTransport({ disk: desk.disk });
    must(await enrolAs(again, await newCode()));
    expect((await hello(again)).ok).toBe(true);
  });

  it('comes back by a new code of its account after the key was lost, and locks out who has the old one', async () => {
    await enrol();
    const again = await openTestTransport();
    must(await enrolAs(again, await newCode()));
    expect((await hello(again)).ok).toBe(true);
    desk.skewMs = 15 * minute;
    serverSkew = 15 * minute;
    expect(await hello()).toMatchObject({ ok: false, failure: { problem: { code: 'bad-credentials' } } });
    await addAccount(office.endpoint, 'eve', ['desk-agent']);
    const stranger = await openTestTransport();
    const taken = await enrolAs(stranger, (await giveCode(office.endpoint, 'eve')).code);
    expect(taken).toMatchObject({ ok: false, failure: { problem: { code: 'device-taken' } } });
  });

  it('can be given up and taken up again with the same key', async () => {
    await enrol();
    await desk.handlers.endpointForget({ space });
    expect(await desk.handlers.endpointAccount({ space })).toBeNull();
    expect(await hello()).toMatchObject({ ok: false, failure: { kind: 'not-enrolled' } });
    await enrol();
    expect((await hello()).ok).toBe(true);
  });

  it('asks for a new enrolment when the device was renewed', async () => {
    await enrol();
    desk.device = 'N3V9Q2M7TA';
    const end = { device: desk.device, seq: 1, hash: '0123456789abcdef'.repeat(2) };
    expect(await desk.handlers.endpointPush({ space, lines: '', end })).toMatchObject({
      ok: false,
      failure: { kind: 'not-enrolled' },
    });
    expect((await desk.handlers.endpointAccount({ space }))?.device).toBe('K3V9Q2M7TA');
    await enrol();
    expect((await desk.handlers.endpointAccount({ space }))?.device).toBe('N3V9Q2M7TA');
    // It still vouches for what it wrote before.
    const former = { device: 'K3V9Q2M7TA', seq: 1, hash: '0123456789abcdef'.repeat(2) };
    expect((await desk.handlers.endpointPush({ space, lines: '', end: former })).ok).toBe(true);
    const devices = must(await desk.handlers.endpointDevices({ space }));
    expect(devices.map(({ device }) => device).toSorted()).toEqual(['K3V9Q2M7TA', 'N3V9Q2M7TA']);
  });

  it('tests an address and keeps nothing of it', async () => {
    const found = must(await desk.handlers.endpointTest({ url: ` ${proxy.url}/ ` }));
    expect(found).toMatchObject({ url: proxy.url, space: office.endpoint.space });
    expect(await desk.handlers.endpointTest({ url: 'http://desk.example.org' })).toMatchObject({
      failure: { kind: 'problem', problem: { where: 'address' } },
    });
    proxy.choose = () => 'portal';
    expect(await desk.handlers.endpointTest({ url: proxy.url })).toMatchObject({ failure: { kind: 'captive-portal' } });
    expect(await desk.disk.list('/spaces/desk')).toEqual([]);
  });

  it('begins anew when the file cannot be read, without quoting it in the log', async () => {
    await enrol();
    desk.disk.poke('/spaces/desk/endpoint.json', Buffer.from('secret-words-in-a-torn-file'));
    const again = await openTestTransport({ disk: desk.disk });
    expect(await again.handlers.endpointAccount({ space })).toBeNull();
    expect(again.logged).toMatchObject([{ level: 'error', where: 'endpoint' }]);
    expect(JSON.stringify(again.logged)).not.toContain('secret');
  });
});

describe('requests', () => {
  it('greets, pushes with the signed end of the chain, and pulls', async () => {
    await enrol();
    const greeting = helloAnswerSchema.parse(JSON.parse(must(await hello()).text));
    expect(greeting.space).toBe(office.endpoint.space);
    const writer = new TestDesk(proxy.url, 'ada');
    Object.assign(writer, { device: desk.device });
    const operation = writer.edit('ticket.create', [newTicket('t1', 'ada', 'x', 'x'.repeat(5_000))]);
    const lines = encodePushLine({ type: 'entry', entry: { type: 'operation', operation }, seal: null });
    const end = { device: desk.device, seq: 1, hash: hashOperation(operation) };
    const pushed = must(await desk.handlers.endpointPush({ space, lines, end }));
    expect(pushAnswerSchema.parse(JSON.parse(pushed.text)).held).toEqual({ [desk.device]: 1 });
    expect(pushed.sentBytes).toBeLessThan(lines.length / 2);
    expect(helloAnswerSchema.parse(JSON.parse(must(await hello()).text)).attested).toMatchObject({
      [desk.device]: 1,
    });
    const pulled = must(await desk.handlers.endpointPull({ space, epoch: greeting.epoch, after: 0, limit: 100 }));
    const page = parsePullPage(pulled.text);
    expect(page.ok && page.value.entries.length).toBe(2);
    expect(pulled.receivedBytes).toBeLessThan(pulled.text.length);
    const records = must(await desk.handlers.endpointRecords({ space, after: '', limit: 10 }));
    expect(records.text).toContain('ticket');
  });

  it('passes on what the endpoint refuses', async () => {
    await enrol();
    expect(await desk.handlers.endpointPull({ space, epoch: 'other', after: 0, limit: 1 })).toMatchObject({
      failure: { kind: 'problem', problem: { code: 'epoch-changed' } },
    });
    expect(await desk.handlers.endpointHello({ space, request: { protocol: [7, 9], schemaVersion: 1 } })).toMatchObject(
      { failure: { kind: 'problem', problem: { code: 'versions-do-not-meet' } } },
    );
  });

  const faults: readonly (readonly [Fault, EndpointFailure['kind']])[] = [
    ['drop', 'unreachable'],
    ['lose-answer', 'unreachable'],
    ['cut', 'unreachable'],
    ['cut-quietly', 'unreachable'],
    ['portal', 'captive-portal'],
    ['redirect', 'captive-portal'],
    ['gateway-down', 'unreachable'],
  ];
  it.each(faults)('names %s as %s and works again afterwards', async (fault, kind) => {
    await enrol();
    once('/v1/hello', fault);
    const met = await hello();
    expect(met).toMatchObject({ ok: false, failure: { kind } });
    if (fault === 'gateway-down') expect(met).toMatchObject({ failure: { retryAfterMs: 2_000 } });
    expect((await hello()).ok).toBe(true);
  });

  it('waits for a slow line', async () => {
    await enrol();
    proxy.bytesPerSecond = slowLine;
    const { ms } = must(await hello());
    expect(ms).toBeGreaterThan(50);
  });

  it('tells a machine without a network from an endpoint that is away', async () => {
    await enrol();
    await office.close();
    office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
    proxy.choose = () => 'drop';
    desk.online = false;
    expect(await hello()).toMatchObject({ failure: { kind: 'offline' } });
    desk.online = true;
    expect(await hello()).toMatchObject({ failure: { kind: 'unreachable' } });
  });
});

describe('tokens', () => {
  const tokens = (): number => proxy.seen.filter(({ path }) => path === '/v1/token').length;

  it('renews a token before it ends, and one that the endpoint thinks has ended', async () => {
    await enrol();
    expect((await hello()).ok).toBe(true);
    expect(tokens()).toBe(0);
    desk.skewMs = 10 * minute;
    expect((await hello()).ok).toBe(true);
    expect(tokens()).toBe(1);
    serverSkew = 11 * minute;
    const answers = await Promise.all([hello(), hello(), hello()]);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(tokens()).toBeLessThanOrEqual(4);
    const before = JSON.parse(connectionFile()).plain.refreshToken as string;
    desk = await openTestTransport({ disk: desk.disk });
    expect((await hello()).ok).toBe(true);
    expect(JSON.parse(connectionFile()).plain.refreshToken).not.toBe(before);
  });

  it.each(['lose-answer', 'cut', 'duplicate', 'drop'] as const)('survives a turn that met %s', async (fault) => {
    await enrol();
    desk.skewMs = 10 * minute;
    once('/v1/token', fault);
    await hello();
    expect((await hello()).ok).toBe(true);
    desk.skewMs = 20 * minute;
    expect((await hello()).ok).toBe(true);
  });

  it('uses only a token that is on the disk: a disk that was full costs no enrolment', async () => {
    await enrol();
    for (const turn of [1, 2, 3]) {
      desk.skewMs = turn * 10 * minute;
      desk.disk.failFrom = desk.disk.calls + 1;
      desk.disk.failCount = 100;
      expect((await hello()).ok).toBe(true);
      desk.disk.failFrom = 0;
    }
    desk = await openTestTransport({ disk: desk.disk });
    expect((await hello()).ok).toBe(true);
  });

  it('is locked out with everybody else when its token was stolen and used', async () => {
    await enrol();
    // With key and token, as from a copied profile.
    const thief = await openTestTransport();
    const file = await thief.disk.open('/spaces/desk/endpoint.json', 'write');
    await file.write(0, desk.disk.peek('/spaces/desk/endpoint.json'));
    for (const each of [desk, thief, desk, thief]) {
      each.skewMs += 10 * minute;
      await hello(each);
    }
    expect(await hello()).toMatchObject({ failure: { problem: { code: 'refresh-reused' } } });
    expect(await hello(thief)).toMatchObject({ failure: { problem: { code: 'refresh-reused' } } });
    await enrol();
    expect((await hello()).ok).toBe(true);
  });

  it('says that a device was revoked, from the next request on, until it is enrolled again', async () => {
    await enrol();
    expect((await hello()).ok).toBe(true);
    await revokeDevice(office.endpoint, desk.device);
    expect(await hello()).toMatchObject({ failure: { problem: { code: 'device-revoked' } } });
    desk.skewMs = 10 * minute;
    expect(await hello()).toMatchObject({ failure: { problem: { code: 'device-revoked' } } });
    await enrol();
    expect((await hello()).ok).toBe(true);
  });

  it('gives no token to another space that answers at the address', async () => {
    await enrol();
    const other = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
    proxy.target = other.url;
    desk.skewMs = 10 * minute;
    expect(await hello()).toMatchObject({ failure: { kind: 'wrong-space' } });
    await other.close();
  });
});

describe('the stream of heads', () => {
  const until = async (found: () => boolean): Promise<void> => {
    for (let look = 0; !found(); look += 1) {
      if (look > 400) throw new Error(`never came; seen: ${JSON.stringify(desk.events)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const heads = (): number => desk.events.filter(([name]) => name === 'endpointHead').length;
  const opens = (): readonly boolean[] =>
    desk.events.flatMap((event) => (event[0] === 'endpointStream' ? [event[1].open] : []));

  it('tells of the head at once and of each that follows, and opens again when it was cut', async () => {
    await enrol();
    await desk.handlers.endpointListen({ space, on: true });
    await until(() => heads() === 1);
    expect(desk.events.at(-1)).toEqual(['endpointHead', { space, epoch: expect.any(String), head: 0 }]);
    const bob = await office.desk('bob', 'desk-agent');
    bob.edit('ticket.create', [newTicket('t1', 'bob', 'a')]);
    await bob.exchange();
    await until(() => heads() >= 2);
    await proxy.close();
    await until(() => opens().at(-1) === false);
    const port = Number(new URL(proxy.url).port);
    proxy = await openFaultProxy(office.url, port);
    await until(() => opens().at(-1) === true);
    await desk.handlers.endpointListen({ space, on: false });
    expect(opens()).toEqual([true, false, true, false]);
  });

  it('tells again what it knows when it is asked again: a page that was loaded anew has missed it', async () => {
    await enrol();
    await desk.handlers.endpointListen({ space, on: true });
    await until(() => heads() === 1);
    await desk.handlers.endpointListen({ space, on: true });
    expect(heads()).toBe(2);
    expect(proxy.seen.filter(({ path }) => path === '/v1/events')).toHaveLength(1);
  });

  it('goes on trying while something else answers', async () => {
    await enrol();
    proxy.choose = ({ path }) => (path === '/v1/events' ? 'portal' : 'none');
    await desk.handlers.endpointListen({ space, on: true });
    await until(() => proxy.seen.filter(({ path }) => path === '/v1/events').length >= 3);
    expect(heads()).toBe(0);
    proxy.choose = () => 'none';
    await until(() => heads() === 1);
  });
});
