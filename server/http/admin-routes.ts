import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  accountChangeSchema,
  accountNameSchema,
  accountsAnswerSchema,
  codeAnswerSchema,
  newAccountSchema,
} from '../../shared/sync/protocol-admin.ts';
import { deviceIdSchema, problemSchema } from '../../shared/sync/protocol.ts';
import { deviceInfoSchema } from '../../shared/sync/protocol-identity.ts';
import type { Endpoint } from '../endpoint.ts';
import { addAccount, changeAccount, giveCode, listAccounts, revokeDevice } from '../identity/administration.ts';
import { findAdministrator } from './signed-in.ts';

const security = [{ token: [] }];
const name = z.strictObject({ name: accountNameSchema });

/** What an administrator does from a desk; the command line does the same through the same functions. */
export function addAdminRoutes(app: FastifyInstance, endpoint: Endpoint): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const failures = { '4xx': problemSchema };

  routes.get('/v1/admin/accounts', {
    schema: { security, response: { 200: accountsAnswerSchema, ...failures } },
    handler: async (request) => {
      await findAdministrator(endpoint, request);
      return { accounts: [...(await listAccounts(endpoint))] };
    },
  });
  routes.post('/v1/admin/accounts', {
    schema: {
      security,
      body: newAccountSchema,
      response: { 200: codeAnswerSchema, ...failures },
    },
    handler: async (request) => {
      await findAdministrator(endpoint, request);
      await addAccount(endpoint, request.body.name, request.body.roles);
      return await giveCode(endpoint, request.body.name);
    },
  });
  routes.patch('/v1/admin/accounts/:name', {
    schema: {
      security,
      params: name,
      body: accountChangeSchema,
      response: { 200: z.object({ changed: z.literal(true) }), ...failures },
    },
    handler: async (request) => {
      await findAdministrator(endpoint, request);
      await changeAccount(endpoint, request.params.name, request.body);
      return { changed: true as const };
    },
  });
  routes.post('/v1/admin/accounts/:name/codes', {
    schema: { security, params: name, response: { 200: codeAnswerSchema, ...failures } },
    handler: async (request) => {
      await findAdministrator(endpoint, request);
      return await giveCode(endpoint, request.params.name);
    },
  });
  routes.get('/v1/admin/devices', {
    schema: { security, response: { 200: z.object({ devices: z.array(deviceInfoSchema) }), ...failures } },
    handler: async (request) => {
      await findAdministrator(endpoint, request);
      return { devices: [...(await endpoint.store.read(async (store) => await store.devices()))] };
    },
  });
  routes.post('/v1/admin/devices/:device/revoke', {
    schema: {
      security,
      params: z.strictObject({ device: deviceIdSchema }),
      response: { 200: z.object({ revoked: z.literal(true) }), ...failures },
    },
    handler: async (request) => {
      await findAdministrator(endpoint, request);
      await revokeDevice(endpoint, request.params.device);
      return { revoked: true as const };
    },
  });
}
