import { z } from 'zod';

/**
 * Imported before anything that makes a schema: zod asks then whether it may compile one by `eval`, which the content
 * security policy answers with an error in the console of every start.
 */
z.config({ jitless: true });
