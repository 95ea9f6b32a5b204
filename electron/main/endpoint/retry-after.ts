const longestMs = 3_600_000;

/** The header Retry-After as a span in ms, at most an hour; null when it is absent or makes no sense. */
export function readRetryAfter({ headers }: Pick<Response, 'headers'>, now: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestMs) : null;
}
