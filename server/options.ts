import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { blobFields, blobNames, readBlobPlace } from './blobs/blob-options.ts';
import { openIdFields, openIdNames, readOpenIdSetting } from './identity/open-id-options.ts';
import type { OpenIdSetting } from './identity/open-id-setting.ts';
import { defaultCare, type CareOptions } from './snapshot/caretaker.ts';
import type { StorePlace } from './store/open-store.ts';
import { UsageError } from './usage-error.ts';

export interface EndpointOptions {
  readonly place: StorePlace;
  readonly host: string;
  readonly port: number;
  readonly tlsKey: string | null;
  readonly tlsCert: string | null;
  readonly requestsPerMinute: number;
  readonly loginsPerMinute: number;
  readonly care: CareOptions;
  /** Null while people are enrolled by codes only. */
  readonly openId: OpenIdSetting | null;
}

export const usage = `usage: npm run endpoint -- [COMMAND] (--data DIR | --store postgres://...) [OPTIONS]

Commands:
  serve                          (default) answers desks until it is told to stop (SIGTERM, Ctrl-C)
  user add NAME --roles A,B      adds an account and prints a one-time code for its first device
  user code NAME                 prints a one-time code for one more device
  user roles NAME --roles A,B    gives other roles
  user password NAME             reads a new password from standard input
  user disable NAME | user enable NAME
  user list
  device list
  device revoke DEVICE           locks a device out from its next request on
  storage                        what is kept: log, snapshots, backups
  snapshot make                  makes a snapshot for new desks now
  purge KIND ID                  empties a record for good, of a person what is personal; names the backups that have it
  backup forget FILE             takes a backup that was deleted from the list
  backup FILE                    copies the space of a stopped endpoint (--data only)
  blobs verify                   reads every attachment and tells which are damaged or missing
  restore FILE                   puts a backup in place of the space and begins a new epoch (--data only)

Options (command line before environment before config file):
  --data DIR         HOLDFAST_DATA        directory of the embedded store
  --store URL        HOLDFAST_STORE       PostgreSQL database
  --blobs DIR        HOLDFAST_BLOBS       folder of attachments (DIR/blobs of --data; none with --store)
  --blob-mb N        HOLDFAST_BLOB_MB     largest attachment (25)
  --blobs-gb N       HOLDFAST_BLOBS_GB    all attachments together (100)
  --host HOST        HOLDFAST_HOST        address to listen on (127.0.0.1)
  --port PORT        HOLDFAST_PORT        port to listen on (7420)
  --tls-cert FILE    HOLDFAST_TLS_CERT    certificate chain, PEM
  --tls-key FILE     HOLDFAST_TLS_KEY     its private key, PEM
  --requests N       HOLDFAST_REQUESTS    requests a minute for each device (120)
  --logins N         HOLDFAST_LOGINS      sign-ins a minute from each address (10)
  --keep-log DAYS    HOLDFAST_KEEP_LOG    days after which entries of the log go cold; 0 for never (400)
  --snapshot-every N HOLDFAST_SNAPSHOT_EVERY  entries after which a snapshot is made, besides daily (50000)
  --config FILE      HOLDFAST_CONFIG      JSON with any of: data, store, host, port, tlsCert, tlsKey, requests,
                                          logins, keepLog, snapshotEvery, and oidcIssuer, oidcClient, ... for those below
  --roles A,B        requester, technician, desk-agent, manager, change-authority, administrator, auditor

Sign-in at an identity provider (OpenID Connect; HOLDFAST_OIDC_ISSUER and so on in the environment):
  --oidc-issuer URL        the provider, as it names itself
  --oidc-client ID         what it knows this endpoint by: a native client with redirects to http://127.0.0.1
  --oidc-secret-file FILE  the client's secret, if it has one
  --oidc-name NAME         what people know the provider by (its host)
  --oidc-claim NAME        claim that gives the name of the account (preferred_username)
  --oidc-scope TEXT        scopes to ask for (openid profile email)
  --oidc-roles-claim NAME  claim that lists groups; without it the administrator gives roles
  --oidc-roles JSON        the role of each group, such as {"it-desk":"desk-agent"}`;

const dayMs = 24 * 3_600_000;

const fileSchema = z.strictObject({
  data: z.string().optional(),
  store: z.string().optional(),
  host: z.string().optional(),
  port: z.coerce.number().int().min(0).max(65_535).optional(),
  tlsCert: z.string().optional(),
  tlsKey: z.string().optional(),
  requests: z.coerce.number().int().positive().optional(),
  logins: z.coerce.number().int().positive().optional(),
  keepLog: z.coerce.number().int().min(0).max(100_000).optional(),
  snapshotEvery: z.coerce.number().int().positive().optional(),
  ...openIdFields,
  ...blobFields,
});

export interface CommandLine {
  readonly help: boolean;
  readonly words: readonly string[];
  readonly roles: string | undefined;
  readonly options: () => EndpointOptions;
}

export function readCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        data: text,
        store: text,
        host: text,
        port: text,
        'tls-cert': text,
        'tls-key': text,
        requests: text,
        logins: text,
        'keep-log': text,
        'snapshot-every': text,
        config: text,
        roles: text,
        ...Object.fromEntries([...openIdNames, ...blobNames].map(([flag]) => [flag, text])),
      },
    });
    const given = {
      data: values.data,
      store: values.store,
      host: values.host,
      port: values.port,
      tlsCert: values['tls-cert'],
      tlsKey: values['tls-key'],
      requests: values.requests,
      logins: values.logins,
      keepLog: values['keep-log'],
      snapshotEvery: values['snapshot-every'],
      ...namedFrom(values, 0),
    };
    return {
      help: values.help === true,
      words: positionals,
      roles: values.roles,
      options: () => settle([given, fromEnvironment(env), readConfig(values.config ?? env['HOLDFAST_CONFIG'])]),
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

type Source = Readonly<Record<string, unknown>>;

function settle(sources: readonly Source[]): EndpointOptions {
  const merged: Record<string, unknown> = {};
  for (const source of sources)
    for (const [name, value] of Object.entries(source)) if (value !== undefined) merged[name] ??= value;
  const parsed = fileSchema.safeParse(merged);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`Option ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. See --help.`);
  }
  const { data, store, host, port, tlsCert, tlsKey, requests, logins } = parsed.data;
  if ((data === undefined) === (store === undefined))
    throw new UsageError('Say where the space is kept: either --data DIR or --store postgres://... See --help.');
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw new UsageError('TLS needs both --tls-cert and --tls-key.');
  return {
    place: {
      ...(store === undefined ? { kind: 'sqlite', directory: data ?? '' } : { kind: 'postgres', url: store }),
      blobs: readBlobPlace(parsed.data),
    },
    host: host ?? '127.0.0.1',
    port: port ?? 7420,
    tlsCert: tlsCert ?? null,
    tlsKey: tlsKey ?? null,
    requestsPerMinute: requests ?? 120,
    loginsPerMinute: logins ?? 10,
    care: readCare(parsed.data),
    openId: readOpenIdSetting(parsed.data),
  };
}

function readCare({ keepLog, snapshotEvery }: z.infer<typeof fileSchema>): CareOptions {
  const keepLogMs = keepLog === undefined ? defaultCare.keepLogMs : keepLog === 0 ? null : keepLog * dayMs;
  return { ...defaultCare, keepLogMs, snapshotEveryEntries: snapshotEvery ?? defaultCare.snapshotEveryEntries };
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Source {
  return {
    data: env['HOLDFAST_DATA'],
    store: env['HOLDFAST_STORE'],
    host: env['HOLDFAST_HOST'],
    port: env['HOLDFAST_PORT'],
    tlsCert: env['HOLDFAST_TLS_CERT'],
    tlsKey: env['HOLDFAST_TLS_KEY'],
    requests: env['HOLDFAST_REQUESTS'],
    logins: env['HOLDFAST_LOGINS'],
    keepLog: env['HOLDFAST_KEEP_LOG'],
    snapshotEvery: env['HOLDFAST_SNAPSHOT_EVERY'],
    ...namedFrom(env, 1),
  };
}

/** Options that have files of their own, from where they have the names of this column. */
function namedFrom(source: Source, column: 0 | 1): Source {
  return Object.fromEntries([...openIdNames, ...blobNames].map((names) => [names[2], source[names[column]]]));
}

function readConfig(file: string | undefined): Source {
  if (file === undefined) return {};
  try {
    return fileSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`The config file ${file} is not as expected: ${error instanceof Error ? error.message : ''}`);
  }
}
