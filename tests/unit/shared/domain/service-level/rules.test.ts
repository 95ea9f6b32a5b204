import { describe, expect, it } from 'vitest';
import { evaluateTargets } from '../../../../../shared/domain/service-level/evaluate-target.ts';
import { explainTarget } from '../../../../../shared/domain/service-level/explain-target.ts';
import { readServiceLevel } from '../../../../../shared/domain/service-level/read-service-level.ts';
import { stepsToFire, summarizeTargets } from '../../../../../shared/domain/service-level/ticket-due.ts';
import { local, wall } from '../../../../helpers/service-level/sample-calendars.ts';
import { instant, level, policyOf, targetOf, TicketScript } from '../../../../helpers/service-level/ticket-script.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = '2026-03-10';
const raised = { level: level({ amount: 16, 'priorities/3': true }), urgent: level({ 'priorities/1': true }) };

/** The one running target of a ticket under several definitions. */
function onlyTarget(script: TicketScript, now: string, levels: Parameters<typeof policyOf>[0]) {
  const states = evaluateTargets(script.history(now), policyOf(levels), instant(now));
  expect(states).toHaveLength(1);
  const [state] = states;
  if (!state) throw new Error('no target');
  return state;
}

describe('service-level rules', () => {
  it('SLA-1: the same events give the same answer in whatever order they came, and later ones just change it', () => {
    const script = new TicketScript(`${day} 09:00`).hold(`${day} 10:00`).work(`${day} 11:00`).resolve(`${day} 14:30`);
    const inOrder = targetOf(script, `${day} 18:00`);
    script.trail.reverse();
    expect(targetOf(script, `${day} 18:00`)).toEqual(inOrder);
    expect(inOrder.status).toBe('completed');
    const late = script.set(`${day} 09:30`, { priority: '2' });
    expect(targetOf(late, `${day} 18:00`).elapsedMs).toBe(inOrder.elapsedMs);
  });

  it('SLA-2: V35, V36: a reply written offline counts when it was written, not when it arrived', () => {
    const reply = { target: 'response', amount: 2 };
    const script = new TicketScript(`${day} 09:00`).says(`${day} 10:00`, 'agent');
    const received = () => local('2026-03-11 09:00');
    const history = script.history('2026-03-11 09:00', { receivedAt: received });
    const [state] = evaluateTargets(history, policyOf({ level: level(reply) }), instant('2026-03-11 09:00'));
    expect(state).toMatchObject({ stage: 'met', elapsedMs: 60 * minute });
    const bySync = new TicketScript(`${day} 09:00`).says('2026-03-11 09:00', 'agent');
    expect(targetOf(bySync, '2026-03-11 09:00', reply)).toMatchObject({ stage: 'missed', elapsedMs: 480 * minute });
    expect(history.remarks.map(({ kind }) => kind)).toContain('offline');
  });

  it('SLA-2: the recorded offset corrects a clock; what cannot be is moved and marked', () => {
    const ahead = new TicketScript(`${day} 09:00`).says(`${day} 11:00`, 'agent', { on: 'B', offset: -hour });
    expect(wall(ahead.history(`${day} 18:00`).contacts[0]?.at ?? 0)).toBe(`${day} 10:00`);
    expect(ahead.history(`${day} 18:00`).remarks).toEqual([
      { at: local(`${day} 10:00`), kind: 'corrected', byMs: -hour },
    ]);
    const before = new TicketScript(`${day} 09:00`).says(`${day} 07:00`, 'agent', { on: 'B' });
    expect(before.history(`${day} 18:00`).remarks).toEqual([
      { at: local(`${day} 09:00`), kind: 'suspect', byMs: 2 * hour },
    ]);
    const future = new TicketScript(`${day} 09:00`).says('2027-03-10 07:00', 'agent', { on: 'B' });
    expect(future.history(`${day} 18:00`).contacts).toEqual([{ at: local(`${day} 18:00`), by: 'agent' }]);
    const unknown = new TicketScript(`${day} 09:00`).says(`${day} 10:00`, 'agent', { on: 'B', offset: null });
    expect(unknown.history(`${day} 18:00`).remarks.map(({ kind }) => kind)).toEqual(['estimated']);
    const alone = new TicketScript(`${day} 09:00`, {}, { offset: null }).resolve(`${day} 10:00`, { offset: null });
    expect(alone.history(`${day} 18:00`).remarks).toEqual([]);
  });

  it('SLA-2: a ticket opened by a clock ahead of ours waits for us to get there', () => {
    const ahead = new TicketScript('2027-03-10 09:00').hold('2027-03-10 10:00');
    expect(targetOf(ahead, `${day} 09:00`)).toMatchObject({ status: 'paused', dueAt: null, elapsedMs: 0 });
  });

  it('SLA-2: nothing happens before what it replaces, whatever its clock says', () => {
    const script = new TicketScript(`${day} 09:00`)
      .hold(`${day} 11:00`)
      .exchange('B')
      .work(`${day} 10:00`, { on: 'B' });
    const { spans, remarks } = script.history(`${day} 18:00`);
    expect(spans.at(-1)?.values['state']).toBe('in-progress');
    expect(remarks).toEqual([{ at: local(`${day} 11:00`), kind: 'suspect', byMs: hour }]);
  });

  it('SLA-3: the calendar and zone of the service or site count where the definition says so', () => {
    const script = new TicketScript(`${day} 16:00`, { site: 'mumbai', service: 'mail' });
    const sites = new Map([['mumbai', { timeZone: 'Asia/Kolkata', calendar: 'kolkata' }]]);
    const services = new Map([['mail', { calendar: 'always' }]]);
    const due = (fields: object) => {
      const policy = policyOf({ level: level(fields as never) }, { sites, services });
      return wall(evaluateTargets(script.history(`${day} 16:00`), policy, instant(`${day} 16:00`))[0]?.dueAt ?? null);
    };
    expect(due({})).toBe('2026-03-11 11:00');
    expect(due({ calendarFrom: 'service' })).toBe(`${day} 20:00`);
    // 20:30 in Mumbai: closed until 10:00, which is 05:30 in Berlin.
    expect(due({ calendarFrom: 'site' })).toBe('2026-03-11 09:30');
    // Office hours on the clock of Mumbai begin at 03:30 in Berlin.
    expect(due({ zoneFrom: 'site' })).toBe('2026-03-11 07:30');
  });

  it('SLA-4: a target round the clock moves on the wall with summer time, one of office hours does not', () => {
    const round = new TicketScript('2026-03-28 22:00');
    expect(wall(targetOf(round, '2026-03-28 22:00', { amount: 8, calendar: 'always' }).dueAt)).toBe('2026-03-29 07:00');
    const office = new TicketScript('2026-03-27 16:00');
    expect(wall(targetOf(office, '2026-03-27 16:00', { amount: 2 }).dueAt)).toBe('2026-03-30 09:00');
  });

  it('SLA-5: due at closing time stays there; done then is met, a moment later is not', () => {
    const at = (done: string) =>
      targetOf(new TicketScript(`${day} 15:00`).resolve(done), '2026-03-11 09:00', { amount: 2 });
    expect(at(`${day} 17:00`)).toMatchObject({ stage: 'met', dueAt: local(`${day} 17:00`), breachedAt: null });
    expect(at(`${day} 17:01`)).toMatchObject({ stage: 'missed', breachedAt: local(`${day} 17:00`) });
  });

  it('SLA-6: every minute of a target has its reason', () => {
    const script = new TicketScript('2026-04-02 15:00').hold('2026-04-02 16:30').work('2026-04-07 09:00');
    const now = '2026-04-07 10:00';
    const state = targetOf(script, now);
    const { segments } = explainTarget(state, script.history(now), instant(now));
    expect(segments.map(({ kind }) => kind)).toEqual(['open', 'paused', 'open']);
    expect(segments.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(state.elapsedMs);
    const idle = targetOf(new TicketScript('2026-04-02 16:00'), '2026-04-07 11:00', { amount: 2 });
    const explained = explainTarget(
      idle,
      new TicketScript('2026-04-02 16:00').history('2026-04-07 11:00'),
      instant('2026-04-07 11:00'),
    );
    expect(explained.segments.map(({ kind, isOverdue }) => [kind, isOverdue])).toEqual([
      ['open', false],
      ['outside-hours', false],
      ['holiday', false],
      ['outside-hours', false],
      ['holiday', false],
      ['outside-hours', false],
      ['open', false],
      ['open', true],
    ]);
    expect(explained.segments[2]?.detail).toBe('Holiday');
  });

  it('SLA-7: a response is the first public reply or the first move out of New with an assignee, as agreed', () => {
    const stop = (responseStop: string, script: TicketScript) =>
      targetOf(script, `${day} 16:00`, { target: 'response', responseStop }).cycle.to;
    const both = new TicketScript(`${day} 09:00`)
      .says(`${day} 09:10`, 'agent', {}, 'work-note')
      .says(`${day} 09:20`, 'caller')
      .set(`${day} 10:00`, { state: 'in-progress' })
      .set(`${day} 11:00`, { assignee: 'agent' })
      .says(`${day} 12:00`, 'agent');
    expect(stop('reply-or-start', both)).toBe(local(`${day} 11:00`));
    expect(stop('reply', both)).toBe(local(`${day} 12:00`));
    expect(stop('start', new TicketScript(`${day} 09:00`).says(`${day} 10:00`, 'agent'))).toBeNull();
    expect(stop('start', new TicketScript(`${day} 09:00`).resolve(`${day} 10:00`))).toBe(local(`${day} 10:00`));
    const held = new TicketScript(`${day} 09:00`).hold(`${day} 09:30`).work(`${day} 10:30`);
    const due = (pausing: boolean) =>
      wall(targetOf(held, `${day} 11:00`, { target: 'response', 'pausesOn/awaiting-vendor': pausing }).dueAt);
    expect(due(false)).toBe(`${day} 14:00`);
    expect(due(true)).toBe(`${day} 15:00`);
  });

  it('SLA-8: V19: the pauses of two desks are a union, and only their open time extends the target', () => {
    const script = new TicketScript(`${day} 09:00`)
      .exchange('B')
      .hold(`${day} 10:00`)
      .hold(`${day} 11:00`, 'awaiting-caller', { on: 'B' })
      .work(`${day} 11:30`)
      .work(`${day} 12:00`, { on: 'B' });
    expect(wall(targetOf(script, `${day} 13:30`, { amount: 2 }).dueAt)).toBe(`${day} 14:00`);
    const outside = new TicketScript(`${day} 16:00`).hold(`${day} 18:00`).work('2026-03-11 07:00');
    expect(wall(targetOf(outside, '2026-03-11 08:00', { amount: 2 }).dueAt)).toBe('2026-03-11 09:00');
  });

  it('SLA-9: V21, V22, V23: a change of priority counts from the opening with the pauses kept, or restarts', () => {
    const script = new TicketScript(`${day} 09:00`).set(`${day} 11:00`, { priority: '1' });
    expect(wall(onlyTarget(script, `${day} 11:30`, raised).dueAt)).toBe(`${day} 14:00`);
    const restart = { ...raised, urgent: level({ 'priorities/1': true, onChange: 'restart' }) };
    expect(wall(onlyTarget(script, `${day} 11:30`, restart).dueAt)).toBe(`${day} 16:00`);
    const paused = new TicketScript(`${day} 09:00`)
      .hold(`${day} 10:00`)
      .work(`${day} 11:00`)
      .set(`${day} 11:00`, { priority: '1' });
    expect(wall(onlyTarget(paused, `${day} 11:30`, raised).dueAt)).toBe(`${day} 15:00`);
  });

  it('SLA-9: V24: overdue already when it is attached is one retroactive breach, and no flood of earlier steps', () => {
    const script = new TicketScript('2026-03-09 08:00').set('2026-03-09 16:00', { priority: '1' });
    const state = onlyTarget(script, '2026-03-09 16:00', raised);
    expect(state).toMatchObject({
      dueAt: local('2026-03-09 12:00'),
      breachedAt: local('2026-03-09 16:00'),
      isRetroactive: true,
      stage: 'breached',
      remainingMs: -180 * minute,
    });
    const fired = stepsToFire('T', [state], instant('2026-03-09 16:00'), () => false);
    expect(fired.map(({ key }) => key)).toEqual(['T/urgent/0/100%']);
    expect(fired[0]?.time.noticeAt).toBe(local('2026-03-09 16:00'));
  });

  it('SLA-9: what changes on a finished ticket does not judge it anew', () => {
    const script = new TicketScript(`${day} 08:00`).resolve(`${day} 16:00`).set('2026-03-11 09:00', { priority: '1' });
    expect(onlyTarget(script, '2026-03-11 10:00', raised)).toMatchObject({ stage: 'met', level: { id: 'level' } });
  });

  it('SLA-10: V25, V26: a reopened ticket resumes, the resolved time being a pause, or restarts', () => {
    const script = new TicketScript(`${day} 09:00`).resolve(`${day} 11:00`).work('2026-03-11 09:00');
    expect(wall(targetOf(script, '2026-03-11 09:30').dueAt)).toBe('2026-03-11 11:00');
    const restarted = targetOf(script, '2026-03-11 09:30', { onReopen: 'restart' });
    expect(wall(restarted.dueAt)).toBe('2026-03-11 14:00');
    expect(restarted.cycle.number).toBe(1);
    const explained = explainTarget(
      targetOf(script, '2026-03-11 09:30'),
      script.history('2026-03-11 09:30'),
      instant('2026-03-11 09:30'),
    );
    expect(explained.segments.map(({ kind }) => kind)).toEqual(['open', 'resolved', 'open']);
  });

  it('SLA-11: canceled and closed tickets have no running target; a definition out of use ends its targets', () => {
    const canceled = new TicketScript(`${day} 09:00`).set(`${day} 10:00`, { state: 'canceled' });
    expect(targetOf(canceled, '2026-03-12 09:00')).toMatchObject({
      status: 'canceled',
      stage: 'canceled',
      breachedAt: null,
    });
    expect(summarizeTargets([targetOf(canceled, '2026-03-12 09:00')]).due).toBeNull();
    const closed = new TicketScript(`${day} 09:00`).set(`${day} 10:00`, { state: 'closed' });
    expect(targetOf(closed, '2026-03-12 09:00')).toMatchObject({ status: 'completed', stage: 'met' });
    const policy = policyOf({ level: level({ active: false }) });
    expect(
      evaluateTargets(new TicketScript(`${day} 09:00`).history(`${day} 12:00`), policy, instant(`${day} 12:00`)),
    ).toEqual([]);
    expect(readServiceLevel('level', level({ active: false }))).toBeNull();
  });

  it('SLA-12: V27-V29: steps at shares of open time and offsets, each once per cycle under a key that all desks share', () => {
    const script = new TicketScript(`${day} 08:00`);
    const fields = {
      amount: 8,
      'steps/50%': true,
      'steps/75%': true,
      'steps/100%': true,
      'steps/-30m': true,
      'steps/+1h': true,
    };
    const state = targetOf(script, '2026-03-11 12:00', fields);
    expect(state.steps.map(({ step, at }) => [step.name, wall(at)])).toEqual([
      ['50%', `${day} 12:00`],
      ['75%', `${day} 15:00`],
      ['100%', `${day} 17:00`],
      ['-30m', `${day} 16:30`],
      ['+1h', '2026-03-11 09:00'],
    ]);
    const done = new Set<string>();
    const fire = (now: string) => {
      const fired = stepsToFire('T', [targetOf(script, now, fields)], instant(now), (key) => done.has(key));
      for (const { key } of fired) done.add(key);
      return fired.map(({ time }) => time.step.name);
    };
    expect(fire(`${day} 15:30`)).toEqual(['50%', '75%']);
    expect(fire(`${day} 15:31`)).toEqual([]);
    expect(fire('2026-03-11 12:00')).toEqual(['100%', '-30m', '+1h']);
    const again = new TicketScript(`${day} 08:00`).resolve(`${day} 16:00`).work('2026-03-11 08:00');
    const cycles = [targetOf(again, '2026-03-11 12:00', { ...fields, onReopen: 'restart' })];
    expect(stepsToFire('T', cycles, instant('2026-03-11 12:00'), (key) => done.has(key)).map(({ key }) => key)).toEqual(
      ['T/level/1/50%'],
    );
  });

  it('SLA-12: a pause that lasts keeps back the steps behind it, and notices wait for working hours if agreed', () => {
    const held = new TicketScript(`${day} 08:00`).hold(`${day} 11:00`);
    const state = targetOf(held, `${day} 16:00`, { amount: 8 });
    expect(state).toMatchObject({ status: 'paused', stage: 'paused', dueAt: null, remainingMs: 5 * hour });
    expect(state.steps.map(({ at }) => at)).toEqual([null, null, null]);
    const night = new TicketScript(`${day} 23:00`);
    const told = { calendar: 'always', amount: 2, noticesInHours: true };
    expect(wall(targetOf(night, `${day} 23:00`, told).steps[0]?.noticeAt ?? null)).toBe('2026-03-11 00:00');
    const evening = targetOf(new TicketScript(`${day} 15:00`), `${day} 15:00`, { amount: 2, noticesInHours: true });
    expect(wall(evening.steps[2]?.noticeAt ?? null)).toBe('2026-03-11 08:00');
  });

  it('SLA-13: business and actual time, side by side', () => {
    const script = new TicketScript('2026-03-13 21:00').hold('2026-03-14 21:00').work('2026-03-15 21:00');
    const state = targetOf(script, '2026-03-16 09:30', { calendar: 'newYork', amount: 10 });
    // From Friday 16:00 in New York.
    expect(state).toMatchObject({ elapsedMs: hour, actualMs: 36.5 * hour });
    const open = targetOf(new TicketScript('2026-03-13 21:00'), '2026-03-16 08:30');
    expect(open).toMatchObject({ elapsedMs: 30 * minute, actualMs: 59.5 * hour });
  });

  it('hours and working days are different units', () => {
    const script = new TicketScript(`${day} 15:00`);
    expect(wall(targetOf(script, `${day} 15:00`, { amount: 24, unit: 'hours' }).dueAt)).toBe('2026-03-13 15:00');
    expect(wall(targetOf(script, `${day} 15:00`, { amount: 1, unit: 'working-days' }).dueAt)).toBe('2026-03-11 15:00');
    const end = { amount: 1, unit: 'working-days', endOfDay: true };
    expect(wall(targetOf(script, `${day} 15:00`, end).dueAt)).toBe('2026-03-11 17:00');
  });

  it('of several definitions that attach the one with more conditions counts, then the shorter, on every device', () => {
    const script = new TicketScript(`${day} 09:00`, { service: 'mail' });
    const levels = {
      b: level({ amount: 8 }),
      a: level({ amount: 8 }),
      shorter: level({ amount: 6 }),
      mail: level({ amount: 12, 'services/mail': true }),
    };
    expect(onlyTarget(script, `${day} 09:00`, levels).level.id).toBe('mail');
    expect(onlyTarget(script, `${day} 09:00`, { a: levels.a, b: levels.b, shorter: levels.shorter }).level.id).toBe(
      'shorter',
    );
    expect(onlyTarget(script, `${day} 09:00`, { b: levels.b, a: levels.a }).level.id).toBe('a');
    const kinds = { sla: level(), ola: level({ kind: 'ola' }), contract: level({ kind: 'underpinning-contract' }) };
    expect(evaluateTargets(script.history(`${day} 09:00`), policyOf(kinds), instant(`${day} 09:00`))).toHaveLength(3);
  });
});
