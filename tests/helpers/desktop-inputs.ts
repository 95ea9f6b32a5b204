import { desktopInputs, type DesktopCall, type DesktopInput } from '../../shared/desktop-api.ts';

export function isDesktopCall(name: string): name is DesktopCall {
  return Object.hasOwn(desktopInputs, name);
}

const space = 'fuzz';
const handle = 'AAAAAAAAAAAAAAAAAAAAAA';

/** One input for each call that its schema passes. */
export const goodInputs: { readonly [Name in DesktopCall]: DesktopInput<Name> } = {
  appInfo: null,
  journalOpen: { space },
  journalAppend: { space, first: 1, lines: '{}' },
  journalRead: { space, after: 0, limit: 10 },
  journalsAside: { space },
  journalRestart: { space, as: 'same-device' },
  sentinelRead: { space },
  sentinelWrite: {
    space,
    sentinel: { databaseId: 'd', schemaVersion: 1, lastSeq: 1, records: 1, chromium: '130', writtenAt: 1 },
  },
  snapshotBegin: { space, lastSeq: 0, records: 0 },
  snapshotWrite: { space, id: handle, part: 0, bytes: new Uint8Array([1]) },
  snapshotCommit: { space, id: handle },
  snapshotList: { space },
  snapshotRead: { space, id: handle, part: 0 },
  draftSave: { space, key: 'k', text: 't' },
  draftDelete: { space, key: 'k' },
  draftList: { space },
  fileOpen: { purpose: 'import' },
  fileRead: { handle, offset: 0, length: 1 },
  fileSaveBegin: { suggestedName: 'x', kind: 'csv' },
  fileSaveWrite: { handle, bytes: new Uint8Array([1]) },
  fileSaveEnd: { handle, outcome: 'discard' },
  fileClose: { handle },
  storageState: null,
  openExternal: { url: 'https://example.org/' },
  copyText: { text: 'x' },
  setTheme: { theme: 'dark' },
  setZoom: { percent: 100 },
  reportDone: { report: {}, exitCode: 0 },
  logError: { message: 'm', where: 'w' },
  pagePrint: { paper: { width: 210, height: 297 } },
  pageSavePdf: { paper: { width: 62, height: 29 }, suggestedName: 'x' },
  endpointSignIn: { space, url: 'https://desk.example.org', deviceName: 'd', person: 'p' },
  endpointCancelSignIn: null,
  endpointAdmin: { space, request: { ask: 'accounts' } },
  endpointEnrol: { space, url: 'https://desk.example.org', code: 'K3V9-Q2M7-TA4X-PM60', deviceName: 'd', person: 'p' },
  endpointRenew: { space },
  endpointTest: { url: 'https://desk.example.org' },
  endpointAccount: { space },
  endpointForget: { space },
  endpointHello: { space, request: { protocol: [1, 1], schemaVersion: 1 } },
  endpointPush: {
    space,
    lines: '{}\n',
    end: { device: 'K3V9Q2M7TA', seq: 1, hash: '0123456789abcdef0123456789abcdef' },
  },
  endpointPull: { space, epoch: 'e', after: 0, limit: 100 },
  endpointRecords: { space, after: '', limit: 100 },
  endpointRecord: { space, entity: 'ticket', id: 'i' },
  endpointSnapshot: { space, hash: 'abc' },
  endpointSnapshotPart: { space, hash: 'abc', part: 0 },
  endpointDevices: { space },
  endpointSearch: { space, text: 'printer' },
  endpointChoices: { space },
  endpointChoose: { space, choices: { paused: true, wish: { whose: 'all', closedDays: null, also: [] } } },
  endpointEditing: { space, records: [{ entity: 'ticket', id: 'i' }] },
  endpointListen: { space, on: true },
};

const deep = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
};

/** Values that fit no field of the contract, and survive structured cloning. */
const oddValues: readonly unknown[] = [
  undefined,
  true,
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  10n,
  '\n',
  '../x',
  '..\\x',
  '/etc/passwd',
  'a/b',
  '\u0000',
  'Ü',
  'x'.repeat(2_000_000),
  [],
  [[]],
  [1, 2],
  {},
  { length: 1 },
  { toString: 'x' },
  new Date(0),
  /x/,
  new Map(),
  new Set([1]),
  new ArrayBuffer(8),
  new Error('x'),
  JSON.parse('{"__proto__":{"space":"fuzz"}}'),
  JSON.parse('{"constructor":{"prototype":{"x":1}}}'),
  deep(1_000),
];

/** At least 200 inputs the schema of a call must refuse: wrong as a whole, one field wrong, missing, or one too many. */
export function malformedInputs(name: DesktopCall): readonly unknown[] {
  const good: unknown = goodInputs[name];
  const inputs: unknown[] = [...oddValues, ...(good === null ? [] : [null])];
  if (typeof good === 'object' && good !== null) {
    for (const [field, value] of Object.entries(good)) {
      const without = Object.fromEntries(Object.entries(good).filter(([other]) => other !== field));
      inputs.push(without, { ...without, [field.toUpperCase()]: value }, Object.entries(good), {
        ...good,
        [field]: null,
      });
      for (const odd of oddValues)
        inputs.push({ ...good, [field]: odd }, { ...good, [field]: [odd] }, { ...good, [field]: { odd } });
    }
  }
  for (const extra of ['path', 'file', '__proto__x', 'constructor', '']) {
    inputs.push({ ...(typeof good === 'object' ? good : {}), [extra]: '/etc/passwd' });
  }
  for (let n = 0; n < 200; n += 1) inputs.push({ [`field${n}`]: oddValues[n % oddValues.length] });
  return inputs.filter((input) => !desktopInputs[name].safeParse(input).success);
}
