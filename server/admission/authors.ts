import { roles, type Actor, type Role } from '../../shared/domain/permissions.ts';
import type { DeviceRow, StoreReader } from '../store/store.ts';
import { parseState } from './mirror.ts';
import { valuesShown } from './shown-record.ts';

/** For whom a device speaks. */
export interface Author {
  readonly device: DeviceRow;
  readonly actor: Actor;
  /** Ids it may name as `user`: its person, and whom the desk worked as before it was enrolled. */
  readonly persons: ReadonlySet<string>;
}

/** Undefined when the device is not enrolled, is revoked, or its account is disabled or has no person yet. */
export async function findAuthor(
  store: StoreReader,
  device: string,
  memberships?: ReadonlyMap<string, readonly string[]>,
): Promise<Author | undefined> {
  const row = await store.device(device);
  const account = row === undefined ? undefined : await store.account(row.account);
  if (row === undefined || row.revokedAt !== null || !account || account.disabledAt !== null) return undefined;
  if (account.person === null) return undefined;
  const queues = memberships ?? (await readMemberships(store));
  const persons = new Set([account.person, ...row.formerPersons]);
  return {
    device: row,
    persons,
    actor: {
      person: account.person,
      roles: account.roles.filter(isRole),
      queues: [...persons].flatMap((person) => queues.get(person) ?? []),
    },
  };
}

/** Queues by member, from the queue records of the space. */
export async function readMemberships(store: StoreReader): Promise<ReadonlyMap<string, readonly string[]>> {
  const memberships = new Map<string, string[]>();
  for (const row of await store.recordsOf('queue')) {
    const state = parseState(row);
    for (const [field, value] of Object.entries(valuesShown(state))) {
      if (value !== true || !field.startsWith('members/')) continue;
      const person = field.slice('members/'.length);
      const queues = memberships.get(person);
      if (queues === undefined) memberships.set(person, [state.id]);
      else queues.push(state.id);
    }
  }
  return memberships;
}

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
