import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { desktopInputs, type DesktopCall } from '../../../../shared/desktop-api.ts';
import { answerCall, type CallSetting, type DesktopHandlers } from '../../../../electron/main/answer-call.ts';
import type { Caller } from '../../../../electron/main/caller.ts';
import { DesktopError } from '../../../../electron/main/desktop-error.ts';
import type { LogEntry } from '../../../../electron/main/log.ts';
import { describeOwnAddresses } from '../../../../electron/main/own-address.ts';
import { goodInputs, isDesktopCall, malformedInputs } from '../../../helpers/desktop-inputs.ts';
import { systemError } from '../../../helpers/memory-disk.ts';

const page: Caller = { frame: { url: 'app://bundle/index.html', parent: null }, inOwnWindow: true, isMainFrame: true };
const names = Object.keys(desktopInputs).filter(isDesktopCall);

let effects: string[] = [];
let logged: LogEntry[] = [];
let full = 0;
let outcome: () => unknown = () => null;
beforeEach(() => {
  effects = [];
  logged = [];
  full = 0;
  outcome = () => null;
});

const setting: CallSetting = {
  own: describeOwnAddresses(null),
  log: (entry) => logged.push(entry),
  diskFull: () => (full += 1),
  handlers: Object.fromEntries(
    names.map((name) => [
      name,
      async () => {
        effects.push(name);
        return outcome();
      },
    ]),
  ) as unknown as DesktopHandlers,
};

describe('S4: the boundary', () => {
  test('every call of the contract has good inputs here', () => {
    expect(names.length).toBeGreaterThan(25);
    expect(Object.keys(goodInputs).sort()).toEqual([...names].sort());
  });

  test.each(names)('%s: a good input from the page has its effect', async (name: DesktopCall) => {
    expect(await answerCall(setting, name, page, goodInputs[name])).toEqual({ ok: true, value: null });
    expect(effects).toEqual([name]);
  });

  test.each(names)(
    '%s: more than 200 malformed inputs have none, and each a typed answer',
    async (name: DesktopCall) => {
      const inputs = malformedInputs(name);
      expect(inputs.length).toBeGreaterThanOrEqual(200);
      for (const [at, input] of inputs.entries()) {
        const answer = await answerCall(setting, name, page, input);
        expect(answer, `input ${at}`).toMatchObject({
          ok: false,
          failure: { kind: 'bad-input' },
        });
      }
      expect(effects).toEqual([]);
    },
  );

  test.each(names.filter((name) => goodInputs[name] !== null))(
    '%s: a field more, and one less, is refused',
    async (name) => {
      const good = Object.entries(goodInputs[name] ?? {});
      for (const extra of ['path', 'file', 'constructor', 'toString']) {
        expect(
          desktopInputs[name].safeParse(Object.fromEntries([...good, [extra, '/etc/passwd']])).success,
          extra,
        ).toBe(false);
      }
      for (const [field] of good) {
        const less = Object.fromEntries(good.filter(([other]) => other !== field));
        expect(desktopInputs[name].safeParse(less).success, field).toBe(false);
      }
    },
  );

  test.each(names.filter((name) => Object.hasOwn(goodInputs[name] ?? {}, 'space')))(
    '%s: a space is a plain name',
    async (name) => {
      for (const space of [
        '',
        '.',
        '..',
        '../x',
        'a/b',
        'a\\b',
        'C:',
        'Desk',
        'é',
        'a b',
        '-a',
        'a\u0000',
        'x'.repeat(41),
        'a\n',
        null,
        1,
      ]) {
        const input = { ...goodInputs[name], space };
        expect(desktopInputs[name].safeParse(input).success, String(space)).toBe(false);
      }
    },
  );

  test.each(names)('%s: no input at all makes it throw', async (name: DesktopCall) => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withMap: true, withSet: true, withTypedArray: true, withBigInt: true, withDate: true }),
        async (input) => {
          const answer = await answerCall(setting, name, page, input);
          if (!answer.ok) expect(answer.failure.kind).toBe('bad-input');
        },
      ),
      { numRuns: 100 },
    );
  });

  const strangers: readonly (readonly [string, Caller])[] = [
    ['a frame that is gone', { ...page, frame: null }],
    ['a frame inside the page', { ...page, isMainFrame: false, frame: { url: 'app://bundle/index.html', parent: {} } }],
    ['a web content we did not make', { ...page, inOwnWindow: false }],
    ['a blank page', { ...page, frame: { url: 'about:blank', parent: null } }],
    ['a page without an address', { ...page, frame: { url: '', parent: null } }],
    ['another site', { ...page, frame: { url: 'https://example.org/', parent: null } }],
    ['a file', { ...page, frame: { url: 'file:///index.html', parent: null } }],
  ];
  test.each(strangers)('from %s every call is refused before its input is looked at', async (_who, caller) => {
    for (const name of names) {
      const untouchable = new Proxy({}, { get: () => expect.unreachable('the input was read') });
      for (const input of [goodInputs[name], untouchable]) {
        expect(await answerCall(setting, name, caller, input)).toMatchObject({
          ok: false,
          failure: { kind: 'refused-sender' },
        });
      }
    }
    expect(effects).toEqual([]);
  });
});

describe('failures', () => {
  const fail = async (error: unknown) => {
    outcome = () => {
      throw error;
    };
    return answerCall(setting, 'sentinelRead', page, { space: 'desk' });
  };

  test.each([
    [new DesktopError('conflict', 'expected 3'), 'conflict'],
    [new DesktopError('damaged', 'x'), 'damaged'],
    [systemError('ENOSPC', 'write'), 'disk-full'],
    [systemError('EDQUOT', 'write'), 'disk-full'],
    [systemError('EIO', 'fdatasync'), 'io'],
    [systemError('EACCES', 'open'), 'io'],
    [new TypeError('a bug'), 'internal'],
    ['thrown text', 'internal'],
    [undefined, 'internal'],
  ])('%s crosses as %s', async (error, kind) => {
    expect(await fail(error)).toMatchObject({ ok: false, failure: { kind } });
    expect(logged).toHaveLength(1);
    expect(full).toBe(kind === 'disk-full' ? 1 : 0);
  });

  test('neither the answer nor the log quotes the input, nor does the answer name a path', async () => {
    const secret = 'the caller said her password is hunter2';
    const bad = await answerCall(setting, 'draftSave', page, {
      space: 'desk',
      key: secret.repeat(20),
      text: secret,
      [secret]: secret,
    });
    expect(JSON.stringify([bad, logged])).not.toContain('hunter2');
    const io = await fail(Object.assign(systemError('EIO', 'open'), { path: '/home/person/x' }));
    expect(JSON.stringify(io)).not.toContain('/home');
  });
});
