import { z } from 'zod';
import { desktopInputs, type DesktopEvents } from '../../shared/desktop-api.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { findDeepLink, looksLikeDeepLink } from './deep-link.ts';

/** What the command line asks for. Paths are the person's own: no web content ever reaches this parser. */
export interface LaunchOptions {
  readonly space: string | null;
  /** A new space begins empty instead of with the demo: to join an endpoint. */
  readonly empty: boolean;
  /** File to import at start, absolute or relative to the working directory. */
  readonly importFile: string | null;
  /** Folder of the profile instead of the system's default. */
  readonly userData: string | null;
  /** No window is shown; the run ends with the page's report. */
  readonly headless: boolean;
  /** Where the report of a headless run is written. */
  readonly report: string | null;
  /** Where a picture of the ready page is written; the program quits afterwards unless `keep`. */
  readonly screenshot: string | null;
  readonly keep: boolean;
  /** Free space (bytes) at which to warn and to go read-only, for tests on small file systems. */
  readonly storageLimits: { readonly low: number; readonly full: number } | null;
  readonly deepLink: DesktopEvents['deepLink'] | null;
}

const optionsFlag = '--holdfast-options=';
const spaceFlag = '--space=';

const spaceName = desktopInputs.journalOpen.shape.space;
const filePath = z.string().min(1).max(4_096);
const optionsShape = z.strictObject({
  space: spaceName.nullish(),
  empty: z.boolean().nullish(),
  importFile: filePath.nullish(),
  userData: filePath.nullish(),
  headless: z.boolean().nullish(),
  report: filePath.nullish(),
  screenshot: filePath.nullish(),
  keep: z.boolean().nullish(),
  storageLimits: z.strictObject({ low: z.int().nonnegative(), full: z.int().nonnegative() }).nullish(),
});

/**
 * Reads our options among Chromium's and Electron's own. Whatever follows a deep link is dropped: the link comes from
 * a web page, and a browser can be talked into passing more than the link.
 * @returns the options, or what was wrong with them, for standard error
 */
export function readLaunchOptions(argv: readonly string[]): Result<LaunchOptions, string> {
  const linkAt = argv.findIndex(looksLikeDeepLink);
  const own = linkAt === -1 ? argv : argv.slice(0, linkAt);

  const encoded = own.findLast((argument) => argument.startsWith(optionsFlag))?.slice(optionsFlag.length);
  const read = encoded === undefined ? succeed({}) : readEncoded(encoded);
  if (!read.ok) return read;
  const parsed = optionsShape.safeParse(read.value);
  if (!parsed.success) return fail(`${optionsFlag}…: ${z.prettifyError(parsed.error)}`);

  const flaggedSpace = own.findLast((argument) => argument.startsWith(spaceFlag))?.slice(spaceFlag.length);
  const space = spaceName.nullish().safeParse(flaggedSpace ?? parsed.data.space);
  if (!space.success) return fail(`${spaceFlag}${flaggedSpace ?? ''}: ${z.prettifyError(space.error)}`);

  return succeed({
    space: space.data ?? null,
    empty: parsed.data.empty ?? false,
    importFile: parsed.data.importFile ?? null,
    userData: parsed.data.userData ?? null,
    headless: parsed.data.headless ?? false,
    report: parsed.data.report ?? null,
    screenshot: parsed.data.screenshot ?? null,
    keep: parsed.data.keep ?? false,
    storageLimits: parsed.data.storageLimits ?? null,
    deepLink: findDeepLink(argv),
  });
}

/** base64url, so that no shell, no `.cmd` shim and no Chromium switch parser can mistake a part of it. */
function readEncoded(encoded: string): Result<unknown, string> {
  if (!/^[A-Za-z0-9_-]*$/.test(encoded)) return fail(`${optionsFlag}…: expected base64url`);
  try {
    return succeed(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch {
    return fail(`${optionsFlag}…: expected base64url of a JSON object`);
  }
}
