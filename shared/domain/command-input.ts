import { z } from 'zod';
import type { FieldValue } from '../sync/operation.ts';
import { ticketEntry } from './ticket/ticket.ts';
import { idMaxLength } from './validate-write.ts';

/** Pieces that the inputs of commands are made of. */
export const idInput = z.string().min(1).max(idMaxLength);

/** A comment, a work note or resolution notes; all have the same limit. */
export const textInput = z.string().max(ticketEntry.fields.body.maxLength);

/** Fields by name; what each takes is checked against the registry, which explains better than a schema. */
export const fieldsInput: z.ZodType<Readonly<Record<string, FieldValue>>> = z.record(z.string(), z.json());
