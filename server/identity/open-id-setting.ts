import type { Role } from '../../shared/domain/permissions.ts';

/** How people sign in at an identity provider (OpenID Connect). */
export interface OpenIdSetting {
  /** As the provider names itself; its discovery document is below it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client: PKCE protects the code in any case. */
  readonly clientSecret: string | null;
  /** What people know the provider by. */
  readonly name: string;
  readonly scope: string;
  /** The claim that gives the name of the account. */
  readonly claim: string;
  /** Null: the administrator gives roles. Else the claim that lists groups, and the role of each. */
  readonly roles: { readonly claim: string; readonly of: Readonly<Record<string, Role>> } | null;
}
