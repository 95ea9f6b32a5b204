import { z } from 'zod';
import { roles } from '../domain/permissions.ts';
import { assertNever } from '../result.ts';
import { deviceIdSchema } from './protocol.ts';

/** What an administrator asks of an endpoint, and what it answers. */

export const accountNameSchema = z.string().min(1).max(100);
const rolesSchema = z.array(z.enum(roles)).min(1);
/** Shortest password taken; 15 characters are advised (reliability-bars 6). */
export const passwordMinLength = 8;

export const accountInfoSchema = z.object({
  name: z.string(),
  /** Id of the person record; null until the first device is enrolled. */
  person: z.string().nullable(),
  roles: z.array(z.string()),
  disabled: z.boolean(),
  hasPassword: z.boolean(),
  /** Belongs to a person of the identity provider, who signed in there. */
  isFromProvider: z.boolean(),
  /** Wall time in ms. */
  createdAt: z.int(),
});
export type AccountInfo = z.infer<typeof accountInfoSchema>;
export const accountsAnswerSchema = z.object({ accounts: z.array(accountInfoSchema) });

/** A one-time code for one device. It is told here only: the endpoint keeps its hash. */
export const codeAnswerSchema = z.object({ code: z.string(), expiresAt: z.int() });
export type CodeAnswer = z.infer<typeof codeAnswerSchema>;

export const newAccountSchema = z.strictObject({ name: accountNameSchema, roles: rolesSchema });
export const accountChangeSchema = z.strictObject({
  roles: rolesSchema.exactOptional(),
  password: z.string().min(passwordMinLength).max(1_000).exactOptional(),
  disabled: z.boolean().exactOptional(),
});

export const adminRequestSchema = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('accounts') }),
  z.strictObject({ ask: z.literal('add-account'), account: newAccountSchema }),
  z.strictObject({ ask: z.literal('change-account'), name: accountNameSchema, change: accountChangeSchema }),
  z.strictObject({ ask: z.literal('give-code'), name: accountNameSchema }),
  z.strictObject({ ask: z.literal('devices') }),
  z.strictObject({ ask: z.literal('revoke-device'), device: deviceIdSchema }),
]);
export type AdminRequest = z.infer<typeof adminRequestSchema>;

export interface AdminCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly json?: unknown;
}

/** The HTTP call of a request. */
export function adminCallOf(request: AdminRequest): AdminCall {
  switch (request.ask) {
    case 'accounts':
      return { method: 'GET', path: '/v1/admin/accounts' };
    case 'add-account':
      return { method: 'POST', path: '/v1/admin/accounts', json: request.account };
    case 'change-account':
      return { method: 'PATCH', path: accountPath(request.name), json: request.change };
    case 'give-code':
      return { method: 'POST', path: `${accountPath(request.name)}/codes` };
    case 'devices':
      return { method: 'GET', path: '/v1/admin/devices' };
    case 'revoke-device':
      return { method: 'POST', path: `/v1/admin/devices/${request.device}/revoke` };
    default:
      return assertNever(request);
  }
}

function accountPath(name: string): string {
  return `/v1/admin/accounts/${encodeURIComponent(name)}`;
}
