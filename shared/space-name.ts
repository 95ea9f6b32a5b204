import { z } from 'zod';

/** A space as the desk names it: safe as the name of a folder and of a database. */
export const spaceNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected 1 to 40 of a-z, 0-9 and -');
