import { isCommonKey } from '../services/text.ts';
import type { CommonKey } from '../services/common-messages.ts';
import type { Translate } from '../services/text.ts';

/** Roles in words; one of a newer endpoint as it is. */
export function roleNames(text: Translate<CommonKey>, roles: readonly string[]): string {
  const names = roles.map((role) => {
    const key = `role.${role}`;
    return isCommonKey(key) ? text(key) : role;
  });
  return names.length === 0 ? text('value.none') : names.join(', ');
}
