import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema, protocolPaths } from '../../shared/sync/protocol.ts';
import {
  challengeAnswerSchema,
  deviceInfoSchema,
  enrolRequestSchema,
  signInAnswerSchema,
  signInRequestSchema,
  tokenAnswerSchema,
  tokenRequestSchema,
} from '../../shared/sync/protocol-identity.ts';
import type { Endpoint } from '../endpoint.ts';
import { noProvider } from '../identity/sessions.ts';
import { findCaller } from './signed-in.ts';

export function addIdentityRoutes(app: FastifyInstance, endpoint: Endpoint, loginsPerMinute: number): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const config = {
    rateLimit: { max: loginsPerMinute, timeWindow: 60_000, keyGenerator: (request: { ip: string }) => request.ip },
  };

  routes.post(protocolPaths.challenge, {
    schema: { summary: 'A nonce for a device to sign', response: { 200: challengeAnswerSchema } },
    handler: () => {
      const serverTime = endpoint.now();
      const { nonces, openId } = endpoint.sessions;
      const signIn = openId === null ? {} : { signIn: { provider: openId.setting.name } };
      return { nonce: nonces.give(serverTime), space: endpoint.space, serverTime, ...signIn };
    },
  });

  routes.post(protocolPaths.signIn, {
    config,
    schema: {
      summary: 'Begin a sign-in at the identity provider',
      body: signInRequestSchema,
      response: { 200: signInAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => {
      const { openId } = endpoint.sessions;
      if (openId === null) throw noProvider();
      return await openId.begin(request.body);
    },
  });

  routes.post(protocolPaths.enrol, {
    config,
    schema: {
      summary: 'Enrol a device by a one-time code, a sign-in at the identity provider, or its old id',
      body: enrolRequestSchema,
      response: { 200: tokenAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => await endpoint.sessions.enrol(request.body),
  });

  routes.post(protocolPaths.token, {
    config,
    schema: {
      summary: 'A new access token and the next refresh token',
      body: tokenRequestSchema,
      response: { 200: tokenAnswerSchema, '4xx': problemSchema },
    },
    handler: async (request) => await endpoint.sessions.token(request.body),
  });

  routes.get(protocolPaths.devices, {
    schema: {
      summary: 'Devices of the caller',
      security: [{ token: [] }],
      response: { 200: z.object({ devices: z.array(deviceInfoSchema) }), '4xx': problemSchema },
    },
    handler: async (request) => {
      const caller = await findCaller(endpoint, request);
      const devices = await endpoint.store.read(async (store) => await store.devices());
      return { devices: devices.filter(({ account }) => account === caller.device.account) };
    },
  });
}
