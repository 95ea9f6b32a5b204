import fs from 'node:fs';
import { z } from 'zod';
import { roles } from '../../shared/domain/permissions.ts';
import { UsageError } from '../usage-error.ts';
import type { OpenIdSetting } from './open-id-setting.ts';

const groupRoles = z.record(z.string(), z.enum(roles));

/** Options about the identity provider, by the names the config file has for them. */
export const openIdFields = {
  oidcIssuer: z.url().optional(),
  oidcClient: z.string().min(1).optional(),
  oidcSecretFile: z.string().optional(),
  oidcName: z.string().min(1).max(60).optional(),
  oidcScope: z.string().min(1).optional(),
  oidcClaim: z.string().min(1).optional(),
  oidcRolesClaim: z.string().min(1).optional(),
  /** In a config file an object, elsewhere the same as JSON. */
  oidcRoles: z.union([groupRoles, z.string()]).optional(),
};
type Given = Readonly<z.infer<z.ZodObject<typeof openIdFields>>>;

/** Name on the command line, in the environment and in the config file. */
export const openIdNames = [
  ['oidc-issuer', 'HOLDFAST_OIDC_ISSUER', 'oidcIssuer'],
  ['oidc-client', 'HOLDFAST_OIDC_CLIENT', 'oidcClient'],
  ['oidc-secret-file', 'HOLDFAST_OIDC_SECRET_FILE', 'oidcSecretFile'],
  ['oidc-name', 'HOLDFAST_OIDC_NAME', 'oidcName'],
  ['oidc-scope', 'HOLDFAST_OIDC_SCOPE', 'oidcScope'],
  ['oidc-claim', 'HOLDFAST_OIDC_CLAIM', 'oidcClaim'],
  ['oidc-roles-claim', 'HOLDFAST_OIDC_ROLES_CLAIM', 'oidcRolesClaim'],
  ['oidc-roles', 'HOLDFAST_OIDC_ROLES', 'oidcRoles'],
] as const;

/** Null when no provider is named. Throws a `UsageError` that says what is missing or does not fit. */
export function readOpenIdSetting(given: Given): OpenIdSetting | null {
  const { oidcIssuer: issuer, oidcClient: clientId } = given;
  if (issuer === undefined) {
    const stray = openIdNames.find(([, , name]) => given[name] !== undefined);
    if (stray !== undefined) throw new UsageError(`--${stray[0]} needs --oidc-issuer, the address of the provider.`);
    return null;
  }
  if (clientId === undefined)
    throw new UsageError('--oidc-issuer needs --oidc-client, the id the provider knows this endpoint by.');
  const { protocol, hostname } = new URL(issuer);
  // Over plain http anybody on the way could sign in as anybody.
  if (protocol !== 'https:' && !(protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)))
    throw new UsageError(`--oidc-issuer must begin with https:// (found ${issuer}).`);
  const of = readGroupRoles(given.oidcRoles);
  if ((of === null) !== (given.oidcRolesClaim === undefined))
    throw new UsageError('Roles by group need both --oidc-roles-claim and --oidc-roles.');
  return {
    issuer,
    clientId,
    clientSecret: given.oidcSecretFile === undefined ? null : readSecret(given.oidcSecretFile),
    name: given.oidcName ?? new URL(issuer).host,
    scope: given.oidcScope ?? 'openid profile email',
    claim: given.oidcClaim ?? 'preferred_username',
    roles: of === null ? null : { claim: given.oidcRolesClaim ?? '', of },
  };
}

function readGroupRoles(given: Given['oidcRoles']): z.infer<typeof groupRoles> | null {
  if (given === undefined) return null;
  try {
    return groupRoles.parse(typeof given === 'string' ? JSON.parse(given) : given);
  } catch {
    throw new UsageError(
      `--oidc-roles: expected JSON that gives each group a role, such as {"it-desk":"desk-agent"}; roles are ${roles.join(', ')}.`,
    );
  }
}

/** A secret on the command line or in the environment is read by others too easily. */
function readSecret(file: string): string {
  try {
    const secret = fs.readFileSync(file, 'utf8').trim();
    if (secret !== '') return secret;
  } catch (error) {
    throw new UsageError(`--oidc-secret-file ${file} cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
  throw new UsageError(`--oidc-secret-file ${file} is empty.`);
}
