import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { succeed } from '../../../result.ts';
import { idInput } from '../../command-input.ts';
import { registerCommand } from '../../register-command.ts';

/**
 * `problem.dismiss-recurrence` {incidents}: the id is made of the incidents, so that two devices that put the same
 * proposal aside make one record.
 */
export const dismissRecurrence = registerCommand({
  name: 'problem.dismiss-recurrence',
  input: z.strictObject({ incidents: z.array(idInput).min(1).max(500) }),
  reads: ({ incidents }) => ({ ids: [dismissalId(incidents)] }),
  decide: ({ incidents }, rows, context) => {
    const id = dismissalId(incidents);
    if (rows.has(id)) return succeed([]);
    const elements = Object.fromEntries([...new Set(incidents)].map((each) => [`incidents/${each}`, true]));
    const stamps = { dismissedBy: context.user, dismissedAt: context.now, active: true };
    return succeed([{ entity: 'recurrence-dismissal', id, create: true, fields: { ...elements, ...stamps } }]);
  },
});

function dismissalId(incidents: readonly string[]): string {
  const text = [...new Set(incidents)].toSorted().join(' ');
  return `dismissed-${bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32)}`;
}
