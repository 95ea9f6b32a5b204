import { z } from 'zod';
import { conflictKinds } from '../change-schedule/planned-change.ts';

/** CHG-4: whether configuration items may be added after New. */
export const allowItemChangesSetting = 'change.allow-item-changes';
export const allowItemChangesSchema = z.boolean();

/** Which conflicts are looked for; all until the organisation says otherwise. */
export const conflictChecksSetting = 'change.conflict-checks';
export const conflictChecksSchema = z.array(z.enum(conflictKinds));
