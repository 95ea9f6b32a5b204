import type { RecordValues } from '../change.ts';
import type { HealthState } from './health.ts';

const finished: ReadonlySet<unknown> = new Set(['resolved', 'closed', 'canceled']);

/**
 * What an incident says of its configuration item: down when work has stopped or it is a major one, in warning when work
 * is degraded. Requests and finished incidents say nothing.
 */
export function healthFromTicket({ type, state, urgency, major }: RecordValues): HealthState {
  if (type !== 'incident' || finished.has(state)) return 'operational';
  if (major === true || urgency === '1') return 'incident';
  return urgency === '2' ? 'warning' : 'operational';
}
