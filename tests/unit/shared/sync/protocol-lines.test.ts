import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../shared/sync/operation.ts';
import { encodePushLine, parsePullPage, parsePush, type PushLine } from '../../../../shared/sync/protocol-lines.ts';
import { agreeOnVersion, jsonDepth } from '../../../../shared/sync/protocol.ts';
import { voidOperation } from '../../../../shared/sync/voiding.ts';

const operation: Operation = {
  device: 'AAAAAAAAAA',
  seq: 1,
  at: [1000, 0],
  clockOffset: null,
  user: 'ada',
  schemaVersion: 1,
  previousHash: '',
  command: 'ticket.create',
  writes: [{ entity: 'ticket', id: 't1', fields: { title: 'a "quoted" [title' }, parents: {} }],
};
const signature = 'A'.repeat(86);
const attestation = { device: 'AAAAAAAAAA', seq: 1, hash: '0123456789abcdef'.repeat(2), signature };
const voiding = voidOperation(operation, 'not-permitted', () => undefined);

describe('a push', () => {
  const lines: readonly PushLine[] = [
    { type: 'attestation', attestation },
    { type: 'entry', entry: { type: 'operation', operation }, seal: null },
    { type: 'entry', entry: { type: 'voiding', voiding }, seal: signature },
    { type: 'entry', entry: { type: 'voiding', voiding }, seal: null },
  ];

  it('reads what it writes', () => {
    expect(parsePush(lines.map(encodePushLine).join(''))).toEqual({ ok: true, value: lines });
  });

  it('refuses one that was cut, whole', () => {
    const text = lines.map(encodePushLine).join('');
    expect(parsePush(text.slice(0, -1))).toMatchObject({ ok: false, failure: { line: 4 } });
  });

  it('names the line that does not fit', () => {
    const text = `${encodePushLine({ type: 'attestation', attestation })}{"voiding":1}\n`;
    expect(parsePush(text)).toMatchObject({ ok: false, failure: { kind: 'bad-line', line: 2 } });
  });

  it('refuses deep nesting before anything walks it', () => {
    const deep = `{"device":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`;
    expect(parsePush(deep)).toMatchObject({ ok: false, failure: { line: 1 } });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(typeof parsePush(`${text}\n`).ok).toBe('boolean');
      }),
    );
  });
});

describe('a page', () => {
  const end = { epoch: 'e', from: 0, to: 2, head: 2, held: { AAAAAAAAAA: 2 }, scope: 's', attestations: [attestation] };
  const text = [
    { position: 1, receivedAt: 5, operation },
    { position: 2, receivedAt: 6, voiding, seal: signature },
    { position: 3, receivedAt: 7, excerpt: { ...operation, writes: [] }, hash: '0123456789abcdef'.repeat(2) },
    { enter: { entity: 'ticket', id: 't1', fields: {} } },
    { leave: { entity: 'ticket', id: 't2' } },
    { end },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

  it('is read with all its parts', () => {
    expect(parsePullPage(text)).toEqual({
      ok: true,
      value: {
        entries: [
          { position: 1, receivedAt: 5, entry: { type: 'operation', operation }, seal: null },
          { position: 2, receivedAt: 6, entry: { type: 'voiding', voiding }, seal: signature },
          {
            position: 3,
            receivedAt: 7,
            entry: { type: 'excerpt', operation: { ...operation, writes: [] }, hash: '0123456789abcdef'.repeat(2) },
            seal: null,
          },
        ],
        enter: [{ entity: 'ticket', id: 't1', fields: {} }],
        leave: [{ entity: 'ticket', id: 't2' }],
        end,
      },
    });
  });

  it('is read by an older desk, whatever a newer endpoint says besides', () => {
    const end = { epoch: 'e', from: 0, to: 1, head: 1, held: {}, scope: 's', attestations: [] };
    const lines = [
      { position: 1, receivedAt: 5, operation, origin: 'relay' },
      { leave: { entity: 'ticket', id: 't2', why: 'queue' } },
      { end: { ...end, retryAt: 9 } },
    ];
    const page = parsePullPage(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(page).toMatchObject({ ok: true, value: { entries: [{ position: 1 }], leave: [{ id: 't2' }], end } });
    const changed = { position: 1, receivedAt: 5, operation: { ...operation, besides: 1 } };
    expect(parsePullPage(`${JSON.stringify(changed)}\n${JSON.stringify({ end })}\n`).ok).toBe(false);
  });

  it('without its end is no page', () => {
    const cut = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1);
    expect(parsePullPage(cut)).toMatchObject({ ok: false });
  });
});

describe('jsonDepth', () => {
  it('counts brackets outside of strings', () => {
    expect(jsonDepth('{"a":[1,{"b":"[[[[\\"]]"}]}', 32)).toBe(3);
    expect(jsonDepth('1', 32)).toBe(0);
  });

  it('is never less than the depth of what JSON.parse makes', () => {
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 + Math.max(0, ...Object.values(value).map((each) => depth(each)))
        : 0;
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(jsonDepth(text, 99)).toBe(depth(JSON.parse(text)));
      }),
    );
  });
});

describe('agreeOnVersion', () => {
  it('takes the highest both speak', () => {
    expect(agreeOnVersion([1, 3], [2, 5])).toBe(3);
    expect(agreeOnVersion([1, 1], [2, 5])).toBeUndefined();
    expect(agreeOnVersion([6, 9], [2, 5])).toBeUndefined();
  });
});
