import { z } from 'zod';

/** CHG-4: whether configuration items may be added after New. */
export const allowItemChangesSetting = 'change.allow-item-changes';
export const allowItemChangesSchema = z.boolean();
