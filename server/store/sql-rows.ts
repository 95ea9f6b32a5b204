import type { SqlRow, SqlValue } from './sql-driver.ts';
import type { BackupRow, SnapshotRow } from './archive.ts';
import type { AccountRow, ChainRow, CodeRow, DeviceRow, LogRow, RecordRow, RefreshRow, SpaceRow } from './store.ts';

/** From rows of the database to rows of the port. A column that is not what the tables say is a damaged store. */

export function textOf(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`store: expected text in ${column}, found ${typeof value}`);
  return value;
}

export function numberOf(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`store: expected a number in ${column}, found ${typeof value}`);
  return value;
}

const textOrNull = (row: SqlRow, column: string): string | null => (row[column] === null ? null : textOf(row, column));
const numberOrNull = (row: SqlRow, column: string): number | null =>
  row[column] === null ? null : numberOf(row, column);

export const logColumns = 'position, device, seq, hash, kind, received_at, body, seal, is_current, purged';

export function asLogRow(row: SqlRow): LogRow {
  return {
    position: numberOf(row, 'position'),
    device: textOf(row, 'device'),
    seq: numberOf(row, 'seq'),
    hash: textOf(row, 'hash'),
    kind: row['kind'] === 'voiding' ? 'voiding' : 'operation',
    receivedAt: numberOf(row, 'received_at'),
    body: textOf(row, 'body'),
    seal: textOrNull(row, 'seal'),
    isCurrent: numberOf(row, 'is_current') === 1,
    isPurged: numberOf(row, 'purged') === 1,
  };
}

export function asSpaceRow(row: SqlRow): SpaceRow {
  return {
    id: textOf(row, 'id'),
    epoch: textOf(row, 'epoch'),
    epochOrder: numberOf(row, 'epoch_order'),
    head: numberOf(row, 'head'),
    minPosition: numberOf(row, 'min_position'),
    chainChanges: numberOf(row, 'chain_changes'),
    numbers: numberOf(row, 'numbers'),
    systemDevice: textOf(row, 'system_device'),
    secret: textOf(row, 'secret'),
    createdAt: numberOf(row, 'created_at'),
  };
}

export function asChainRow(row: SqlRow): ChainRow {
  return {
    device: textOf(row, 'device'),
    seq: numberOf(row, 'seq'),
    hash: textOf(row, 'hash'),
    attested: numberOf(row, 'attested'),
  };
}

export const recordColumns = 'record, entity, part_of, first_position, position, state, trail';

export function asRecordRow(row: SqlRow): RecordRow {
  return {
    record: textOf(row, 'record'),
    entity: textOf(row, 'entity'),
    partOf: textOrNull(row, 'part_of'),
    firstPosition: numberOf(row, 'first_position'),
    position: numberOf(row, 'position'),
    state: textOf(row, 'state'),
    trail: textOrNull(row, 'trail'),
  };
}

export function asAccountRow(row: SqlRow): AccountRow {
  return {
    name: textOf(row, 'name'),
    person: textOrNull(row, 'person'),
    roles: textOf(row, 'roles').split(',').filter(Boolean),
    password: textOrNull(row, 'password'),
    disabledAt: numberOrNull(row, 'disabled_at'),
    subject: textOrNull(row, 'subject'),
    createdAt: numberOf(row, 'created_at'),
  };
}

export function asDeviceRow(row: SqlRow): DeviceRow {
  return {
    device: textOf(row, 'device'),
    account: textOf(row, 'account'),
    publicKey: textOf(row, 'public_key'),
    name: textOf(row, 'name'),
    formerPersons: listOf(textOrNull(row, 'former_person')),
    enrolledAt: numberOf(row, 'enrolled_at'),
    seenAt: numberOrNull(row, 'seen_at'),
    revokedAt: numberOrNull(row, 'revoked_at'),
  };
}

/** One id per line: no id holds a line feed. */
function listOf(text: string | null): readonly string[] {
  return text === null ? [] : text.split('\n').filter(Boolean);
}

export function asCodeRow(row: SqlRow): CodeRow {
  return {
    hash: textOf(row, 'hash'),
    account: textOf(row, 'account'),
    expiresAt: numberOf(row, 'expires_at'),
    usedAt: numberOrNull(row, 'used_at'),
  };
}

export function asRefreshRow(row: SqlRow): RefreshRow {
  return {
    hash: textOf(row, 'hash'),
    family: textOf(row, 'family'),
    device: textOf(row, 'device'),
    generation: numberOf(row, 'generation'),
    familyBeganAt: numberOf(row, 'family_began_at'),
    expiresAt: numberOf(row, 'expires_at'),
    replacedBy: textOrNull(row, 'replaced_by'),
    revokedAt: numberOrNull(row, 'revoked_at'),
  };
}

export function asSnapshotRow(row: SqlRow): SnapshotRow {
  return {
    hash: textOf(row, 'hash'),
    position: numberOf(row, 'position'),
    madeAt: numberOrNull(row, 'made_at'),
    usedAt: numberOf(row, 'used_at'),
    bytes: numberOf(row, 'bytes'),
    parts: numberOf(row, 'parts'),
  };
}

export function asBackupRow(row: SqlRow): BackupRow {
  return { file: textOf(row, 'file'), madeAt: numberOf(row, 'made_at'), position: numberOf(row, 'position') };
}

/** `(?, ?, ?)` for a list of values. */
export function placesFor(values: readonly SqlValue[]): string {
  return `(${values.map(() => '?').join(', ')})`;
}

/** Lists in pieces below the number of values one statement may take. */
export function inPieces<Value>(values: readonly Value[], size = 500): readonly (readonly Value[])[] {
  const pieces: (readonly Value[])[] = [];
  for (let first = 0; first < values.length; first += size) pieces.push(values.slice(first, first + size));
  return pieces;
}
