import type { EndpointFailure } from '../../../shared/desktop-endpoint.ts';
import type { Problem } from '../../../shared/sync/protocol.ts';

/** Thrown inside main's part of the transport; crosses the boundary as the value it holds. */
export class EndpointError extends Error {
  readonly failure: EndpointFailure;

  constructor(failure: EndpointFailure) {
    super(`${failure.kind}: ${failure.problem?.code ?? failure.detail}`);
    this.name = 'EndpointError';
    this.failure = failure;
  }
}

export function failureOf(
  kind: EndpointFailure['kind'],
  detail: string,
  more: Partial<Pick<EndpointFailure, 'problem' | 'retryAfterMs'>> = {},
): EndpointFailure {
  return { kind, problem: null, retryAfterMs: null, detail, ...more };
}

export function problemFailure(problem: Problem, retryAfterMs: number | null = null): EndpointFailure {
  return failureOf('problem', `${problem.code} at ${problem.where}`, { problem, retryAfterMs });
}

/**
 * What kept a request from its answer, told by the names of Chromium's net errors (`net::ERR_...`), and by the codes of
 * Node for tests and tools. `online` is what the system says of its network: it is asked only to name a failure, since
 * an endpoint on this machine answers without one.
 */
export function classifyFetchError(error: unknown, online: boolean): EndpointFailure {
  if (error instanceof EndpointError) return error.failure;
  const detail = describe(error);
  if (/redirect/i.test(detail)) return failureOf('captive-portal', 'expected an answer, found a redirect');
  if (/ERR_CERT|ERR_SSL|ERR_BAD_SSL|_CERT_|CERT_HAS_EXPIRED|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(detail))
    return failureOf('certificate', detail);
  if (/PROXY_AUTH|ERR_TUNNEL_CONNECTION_FAILED.*407/.test(detail)) return failureOf('proxy-auth', detail);
  if (/ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT|ETIMEDOUT|TimeoutError|HeadersTimeout|BodyTimeout/.test(detail))
    return failureOf('timeout', detail);
  if (/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_(CHANGED|IO_SUSPENDED)/.test(detail)) return failureOf('offline', detail);
  return failureOf(online ? 'unreachable' : 'offline', detail);
}

/** Name, message and code of an error and of what caused it. Holds no body and no header. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const own = `${error.name}: ${error.message}${code}`;
  return (error.cause instanceof Error ? `${own}; ${describe(error.cause)}` : own).slice(0, 300);
}
