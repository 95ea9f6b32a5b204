import { describe, expect, it } from 'vitest';
import { healthOf, healthStates } from '../../../../../shared/domain/impact/health.ts';
import { healthFromTicket } from '../../../../../shared/domain/impact/ticket-health.ts';
import { scriptGraph } from '../../../../helpers/impact-script.ts';

function colours(
  script: string,
  down: readonly string[],
  degraded: readonly string[] = [],
  minUp: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string | undefined>> {
  const { graph, names, nodeOf } = scriptGraph(script, minUp);
  const health = healthOf(graph, {
    down: down.map(nodeOf),
    degraded: degraded.map(nodeOf),
    isService: (node) => names[node]?.startsWith('Service') === true,
  });
  return Object.fromEntries(names.map((name, node) => [name, healthStates[health[node] ?? 0]]));
}

describe('CMDB-8: three colours', () => {
  it('a configuration item that is down puts all that depends on it in warning', () => {
    expect(colours('A > B > C; D > C', ['A'])).toEqual({
      A: 'incident',
      B: 'warning',
      C: 'warning',
      D: 'operational',
    });
  });

  it('a warning never hides an incident, and does not go on', () => {
    expect(colours('A > B > C', ['B', 'A'], ['B'])).toMatchObject({ A: 'incident', B: 'incident', C: 'warning' });
    expect(colours('A > B', [], ['A'])).toEqual({ A: 'warning', B: 'operational' });
  });

  it('a service is down with what is directly beneath it, and in warning with a warning beneath it', () => {
    expect(colours('A > Service1', ['A'])['Service1']).toBe('incident');
    expect(colours('A > B > Service1', ['A'])['Service1']).toBe('warning');
    expect(colours('A > Service1', [], ['A'])['Service1']).toBe('warning');
    expect(colours('A > Service1', [])['Service1']).toBe('operational');
  });

  it('redundancy bears what it can', () => {
    const script = 'A > Service1; B > Service1; C > Service1';
    expect(colours(script, ['A'], [], { Service1: '2' })['Service1']).toBe('operational');
    expect(colours(script, ['A'], ['B'], { Service1: '2' })['Service1']).toBe('warning');
    expect(colours(script, ['A', 'B'], [], { Service1: '2' })['Service1']).toBe('incident');
  });

  it('an open incident says how bad it is; requests and finished ones say nothing', () => {
    const incident = { type: 'incident', state: 'new', urgency: '1' };
    expect(healthFromTicket(incident)).toBe('incident');
    expect(healthFromTicket({ ...incident, urgency: '2' })).toBe('warning');
    expect(healthFromTicket({ ...incident, urgency: '3' })).toBe('operational');
    expect(healthFromTicket({ ...incident, urgency: '3', major: true })).toBe('incident');
    expect(healthFromTicket({ ...incident, state: 'resolved' })).toBe('operational');
    expect(healthFromTicket({ ...incident, type: 'request' })).toBe('operational');
  });
});
