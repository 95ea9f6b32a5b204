import { z } from 'zod';
import type { DesktopEvents } from '../../shared/desktop-api.ts';

/** Scheme the operating system hands to us. */
export const linkScheme = 'holdfast';

/** The closed set of links: each may only navigate, none writes or carries options. */
const recordLink = z
  .string()
  .max(100)
  .regex(/^holdfast:\/\/(ticket|asset)\/[A-Za-z0-9][A-Za-z0-9-]{0,39}\/?$/i)
  .transform((link): DesktopEvents['deepLink'] => ({
    kind: link.split('/')[2]?.toLowerCase() === 'asset' ? 'asset' : 'ticket',
    reference: (link.split('/')[3] ?? '').toUpperCase(),
  }));

/** True for anything the system may have passed on as one of our links, well-formed or not. */
export function looksLikeDeepLink(argument: string): boolean {
  return /^["'\s]*holdfast:/i.test(argument);
}

export function parseDeepLink(argument: string): DesktopEvents['deepLink'] | null {
  const parsed = recordLink.safeParse(argument);
  return parsed.success ? parsed.data : null;
}

/** The link among the arguments of a second start; everything else a second start says is ignored. */
export function findDeepLink(argv: readonly string[]): DesktopEvents['deepLink'] | null {
  const argument = argv.find(looksLikeDeepLink);
  return argument === undefined ? null : parseDeepLink(argument);
}
