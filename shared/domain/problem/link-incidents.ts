import { z } from 'zod';
import { fail, succeed } from '../../result.ts';
import type { Change } from '../change.ts';
import { idInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';

const linkInput = z.strictObject({ id: idInput, incidents: z.array(idInput).min(1).max(1_000) });

/**
 * `problem.link` {id, incidents}: also closed incidents, for they are what a problem is made of. Refused when one belongs
 * to another problem: nobody moves it by mistake.
 */
export const linkIncidents = registerCommand({
  name: 'problem.link',
  input: linkInput,
  reads: ({ id, incidents }) => ({ ids: [id, ...incidents] }),
  decide: ({ id, incidents }, rows) => {
    const found = findRow(rows, id, 'problem');
    if (!found.ok) return found;
    if (found.value.values['resolutionCode'] === 'duplicate') return refuse('original-is-duplicate', { field: 'id' });
    const changes: Change[] = [];
    for (const incident of new Set(incidents)) {
      const row = findRow(rows, incident, 'ticket');
      if (!row.ok) return fail({ ...row.failure, field: 'incidents' });
      const held = row.value.values['problem'] ?? null;
      if (held === id) continue;
      if (held !== null) return refuse('incident-has-problem', { field: 'incidents' });
      changes.push({ entity: 'ticket', id: incident, fields: { problem: id } });
    }
    return succeed(changes);
  },
});

/** `problem.unlink` {id, incidents}: those that are linked to another problem, or to none, stay as they are. */
export const unlinkIncidents = registerCommand({
  name: 'problem.unlink',
  input: linkInput,
  reads: ({ incidents }) => ({ ids: incidents }),
  decide: ({ id, incidents }, rows) =>
    succeed(
      [...new Set(incidents)]
        .filter((incident) => rows.get(incident)?.values['problem'] === id)
        .map((incident): Change => ({ entity: 'ticket', id: incident, fields: { problem: null } })),
    ),
});
