/**
 * Quick looks at parsed JSON that is nearly always as it should be: a first synchronisation reads hundreds of thousands
 * of operations and states, and a schema costs more than all the rest of reading one. True only for what the schema
 * accepts as it stands; whoever hears false asks the schema, which also says what is wrong.
 */

type Plain = Readonly<Record<string, unknown>>;

/** As `recordStateSchema`. */
export function isPlainRecordState(raw: unknown): boolean {
  return isObject(raw) && hasOnly(raw, stateKeys, 3) && isPlainState(raw);
}

/** As `sentRecordSchema`. */
export function isPlainSentRecord(raw: unknown): boolean {
  if (!isObject(raw) || !isPlainState(raw)) return false;
  const { trail } = raw;
  if (trail === undefined) return hasOnly(raw, stateKeys, 3);
  return hasOnly(raw, sentKeys, 4) && Array.isArray(trail) && trail.every(isPlainEvent);
}

function isPlainState(raw: Plain): boolean {
  const { entity, id, fields } = raw;
  if (typeof entity !== 'string' || typeof id !== 'string' || !isObject(fields)) return false;
  for (const name of Object.keys(fields)) if (name === '__proto__' || !isPlainRegister(fields[name])) return false;
  return true;
}

/** As `operationSchema`. */
export function isPlainOperation(raw: unknown): boolean {
  if (!isObject(raw)) return false;
  const { device, seq, at, clockOffset, user, schemaVersion, previousHash, command, writes } = raw;
  const wanted = raw['occurredAt'] === undefined ? 9 : 10;
  if (!hasOnly(raw, operationKeys, wanted) || (wanted === 10 && !Number.isSafeInteger(raw['occurredAt']))) return false;
  return (
    typeof device === 'string' &&
    deviceForm.test(device) &&
    isCount(seq, 1) &&
    isTime(at) &&
    (clockOffset === null || Number.isSafeInteger(clockOffset)) &&
    isName(user, 64) &&
    isCount(schemaVersion, 1) &&
    typeof previousHash === 'string' &&
    hashForm.test(previousHash) &&
    isName(command, 64) &&
    Array.isArray(writes) &&
    writes.length > 0 &&
    writes.every(isPlainWrite)
  );
}

const stateKeys: ReadonlySet<string> = new Set(['entity', 'id', 'fields']);
const sentKeys: ReadonlySet<string> = new Set(['entity', 'id', 'fields', 'trail']);
const eventKeys: ReadonlySet<string> = new Set(['dot', 'at', 'offset', 'fields']);
const operationKeys: ReadonlySet<string> = new Set([
  'device',
  'seq',
  'at',
  'clockOffset',
  'user',
  'schemaVersion',
  'previousHash',
  'command',
  'occurredAt',
  'writes',
]);
const writeKeys: ReadonlySet<string> = new Set(['entity', 'id', 'fields', 'parents']);
const headKeys: ReadonlySet<string> = new Set(['dot', 'ms', 'counter', 'value']);
const registerKeys: ReadonlySet<string> = new Set(['heads', 'gone']);

const deviceForm = /^[0-9A-HJKMNP-TV-Z]{10}$/;
const hashForm = /^([0-9a-f]{32})?$/;
const dotForm = /^[0-9A-Za-z_-]{1,40}:[1-9]\d{0,14}$/;

function isPlainWrite(raw: unknown): boolean {
  if (!isObject(raw) || !hasOnly(raw, writeKeys, 4) || !isName(raw['entity'], 64) || !isName(raw['id'], 64))
    return false;
  const { fields, parents } = raw;
  if (!isObject(fields) || !isObject(parents)) return false;
  for (const name of Object.keys(fields)) if (!isFieldName(name) || !isPlainValue(fields[name])) return false;
  for (const name of Object.keys(parents)) if (!isFieldName(name) || !areDots(parents[name])) return false;
  return true;
}

function isPlainRegister(raw: unknown): boolean {
  if (!isObject(raw)) return false;
  const { heads, gone } = raw;
  if (!hasOnly(raw, registerKeys, gone === undefined ? 1 : 2) || (gone !== undefined && !areDots(gone))) return false;
  return Array.isArray(heads) && heads.every(isPlainHead);
}

function isPlainHead(raw: unknown): boolean {
  if (!isObject(raw) || !hasOnly(raw, headKeys, 4)) return false;
  const { dot, ms, counter, value } = raw;
  return (
    typeof dot === 'string' &&
    dotForm.test(dot) &&
    Number.isFinite(ms) &&
    Number.isSafeInteger(counter) &&
    isPlainValue(value)
  );
}

function isPlainEvent(raw: unknown): boolean {
  if (!isObject(raw) || !hasOnly(raw, eventKeys, 4)) return false;
  const { dot, at, offset, fields } = raw;
  if (typeof dot !== 'string' || !dotForm.test(dot) || !Number.isSafeInteger(at) || !isObject(fields)) return false;
  if (offset !== null && !Number.isSafeInteger(offset)) return false;
  for (const name of Object.keys(fields)) {
    const told = fields[name];
    if (name === '__proto__' || !isObject(told) || Object.keys(told).length !== 2) return false;
    if (!Object.hasOwn(told, 'value') || !isPlainValue(told['value']) || !areDots(told['parents'])) return false;
  }
  return true;
}

/** Not those of many parts: these are left to the schema, however deep they are. */
function isPlainValue(raw: unknown): boolean {
  return raw === null || typeof raw === 'string' || typeof raw === 'boolean' || Number.isFinite(raw);
}

function areDots(raw: unknown): boolean {
  return Array.isArray(raw) && raw.every((each) => typeof each === 'string' && dotForm.test(each));
}

function isObject(raw: unknown): raw is Plain {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function hasOnly(raw: Plain, known: ReadonlySet<string>, count: number): boolean {
  const keys = Object.keys(raw);
  return keys.length === count && keys.every((key) => known.has(key));
}

function isFieldName(name: string): boolean {
  return name !== '__proto__' && isName(name, 256);
}

function isName(raw: unknown, atMost: number): boolean {
  return typeof raw === 'string' && raw.length > 0 && raw.length <= atMost;
}

function isTime(raw: unknown): boolean {
  return Array.isArray(raw) && raw.length === 2 && Number.isSafeInteger(raw[0]) && isCount(raw[1], 0);
}

function isCount(raw: unknown, atLeast: number): boolean {
  return Number.isSafeInteger(raw) && (raw as number) >= atLeast;
}
