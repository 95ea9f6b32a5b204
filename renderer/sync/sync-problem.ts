import type { SyncProblem } from '../data/sync-api.ts';
import { CallError } from './endpoint-calls.ts';
import { Halted } from './exchange.ts';

/** What went wrong, and what it means for the next try. */
export interface Verdict {
  readonly problem: Omit<SyncProblem, 'since'>;
  /** soon: backs off; later: an upgrade must come first; never: a person must do something first. */
  readonly after: 'soon' | 'later' | 'never';
  readonly retryAfterMs: number | null;
}

/** Codes after which no token is to be had any more: the device needs a new code. */
const lockedOut: ReadonlySet<string> = new Set([
  'device-revoked',
  'refresh-reused',
  'bad-credentials',
  'not-signed-in',
  'device-taken',
]);

export function judge(error: unknown): Verdict {
  if (error instanceof Halted)
    return error.reason === 'wrong-space'
      ? verdict('wrong-space', null, 'the address belongs to another space', 'never')
      : verdict(
          'device-revoked',
          'device-renewed',
          'this desk has a new device id and must be enrolled again',
          'never',
        );
  if (!(error instanceof CallError))
    return verdict(
      'problem',
      null,
      error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error',
      'soon',
    );
  const { failure } = error;
  if (failure.kind === 'bad-answer') return verdict('bad-answer', null, failure.detail, 'soon');
  const { kind, detail, problem, retryAfterMs } = failure;
  const code = problem?.code ?? null;
  if (kind === 'not-enrolled') return verdict('device-revoked', kind, detail, 'never');
  if (kind === 'wrong-space') return verdict(kind, code, detail, 'never');
  if (code !== null && lockedOut.has(code)) return verdict('device-revoked', code, detail, 'never');
  if (code === 'versions-do-not-meet')
    return verdict('versions-do-not-meet', code, problem?.expected ?? detail, 'later');
  return { ...verdict(kind, code, detail, 'soon'), retryAfterMs };
}

function verdict(kind: SyncProblem['kind'], code: string | null, detail: string, after: Verdict['after']): Verdict {
  return { problem: { kind, code, detail: detail.slice(0, 300) }, after, retryAfterMs: null };
}
