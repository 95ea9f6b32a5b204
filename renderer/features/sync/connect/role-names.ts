import { isSyncKey, type SyncText } from '../sync-text.ts';

/** Roles in words; one of a newer endpoint as it is. */
export function roleNames(text: SyncText, roles: readonly string[]): string {
  const names = roles.map((role) => {
    const key = `role.${role}`;
    return isSyncKey(key) ? text(key) : role;
  });
  return names.length === 0 ? text('value.none') : names.join(', ');
}
