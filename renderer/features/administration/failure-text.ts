import type { EndpointFailure } from '../../../shared/desktop-endpoint.ts';
import type { AdministrationText } from './administration-text.ts';

/** Why the endpoint did not do what an administrator asked, and what to do. */
export function failureText(text: AdministrationText, { kind, problem }: EndpointFailure): string {
  if (problem === null) return text(kind === 'not-enrolled' ? 'failure.not-connected' : 'failure.away');
  if (problem.code === 'not-permitted') return text('failure.not-permitted');
  if (problem.code === 'bad-request' && problem.where === 'name') return text('failure.name-taken');
  if (problem.code === 'device-revoked') return text('failure.locked-out');
  if (problem.code === 'not-found') return text('failure.gone');
  return text('failure.refused', { expected: problem.expected, action: problem.action });
}
