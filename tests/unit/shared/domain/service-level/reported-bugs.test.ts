import { describe, expect, it } from 'vitest';
import { evaluateTargets } from '../../../../../shared/domain/service-level/evaluate-target.ts';
import { summarizeTargets } from '../../../../../shared/domain/service-level/ticket-due.ts';
import { local, wall } from '../../../../helpers/service-level/sample-calendars.ts';
import { instant, level, policyOf, targetOf, TicketScript } from '../../../../helpers/service-level/ticket-script.ts';

const hour = 3_600_000;
const day = '2026-03-10';
const response = level({
  target: 'response',
  amount: 2,
  'pausesOn/awaiting-vendor': false,
  'pausesOn/awaiting-caller': false,
});
const update = level({ target: 'update', amount: 1 });

function due(script: TicketScript, now: string, levels: Parameters<typeof policyOf>[0]) {
  return summarizeTargets(evaluateTargets(script.history(now), policyOf(levels), instant(now)));
}

/** What users of other systems reported (itsm-practices 2.6). */
describe('reported bugs', () => {
  it('zammad#188: right after closing and reopening', () => {
    const script = new TicketScript(`${day} 09:00`)
      .resolve(`${day} 10:00`)
      .work(`${day} 11:00`)
      .resolve(`${day} 11:30`)
      .work(`${day} 14:00`);
    expect(targetOf(script, `${day} 14:30`).elapsedMs).toBe(2 * hour);
    expect(wall(targetOf(script, `${day} 14:30`).dueAt)).toBe(`${day} 16:30`);
  });

  it('zammad#2082: the first reply ends the response target', () => {
    const script = new TicketScript(`${day} 09:00`).says(`${day} 09:30`, 'agent');
    expect(due(script, '2026-03-12 09:00', { response })).toMatchObject({ due: null, dueStage: 'met' });
  });

  it('zammad#3140: no escalation after the agent has replied', () => {
    const script = new TicketScript(`${day} 09:00`)
      .says(`${day} 09:30`, 'agent')
      .says(`${day} 10:00`, 'caller')
      .says(`${day} 10:30`, 'agent');
    expect(due(script, '2026-03-12 09:00', { response, update })).toMatchObject({ due: null, dueStage: 'met' });
  });

  it('zammad#1322: a word of the caller starts the update target, by whatever channel, and a second does not move it', () => {
    const script = new TicketScript(`${day} 09:00`).says(`${day} 09:30`, 'agent').says(`${day} 10:00`, 'caller');
    expect(wall(due(script, `${day} 10:10`, { response, update }).due)).toBe(`${day} 11:00`);
    script.says(`${day} 10:30`, 'caller');
    expect(wall(due(script, `${day} 10:40`, { response, update }).due)).toBe(`${day} 11:00`);
    script.says(`${day} 10:45`, 'someone else');
    expect(due(script, `${day} 11:30`, { response, update }).dueStage).toBe('breached');
  });

  it('zammad#5177: an update target does not overrule the first response', () => {
    const script = new TicketScript(`${day} 09:00`).says(`${day} 09:10`, 'caller');
    expect(due(script, `${day} 09:20`, { response, update })).toMatchObject({
      due: local(`${day} 11:00`),
      dueTarget: 'response',
    });
  });

  it('zammad#4353: taking a definition out of use leaves nothing escalated', () => {
    const script = new TicketScript(`${day} 09:00`);
    expect(due(script, '2026-03-12 09:00', { level: level() }).dueStage).toBe('breached');
    expect(due(script, '2026-03-12 09:00', { level: level({ active: false }) })).toMatchObject({
      due: null,
      dueStage: null,
    });
  });

  it('zammad#904: a merged ticket does not escalate', () => {
    const script = new TicketScript(`${day} 09:00`).set(`${day} 09:30`, { state: 'canceled' });
    expect(due(script, '2026-03-12 09:00', { level: level(), response })).toMatchObject({ due: null, dueStage: null });
  });

  it('zammad#4432: no reminder at midnight', () => {
    const script = new TicketScript(`${day} 15:00`);
    const state = targetOf(script, `${day} 15:00`, { amount: 2, noticesInHours: true, 'steps/100%': true });
    expect(wall(state.steps[0]?.noticeAt ?? null)).toBe('2026-03-11 08:00');
  });

  it('glpi#6902: paused time is kept when another definition attaches', () => {
    const script = new TicketScript(`${day} 09:00`)
      .hold(`${day} 09:30`)
      .work(`${day} 11:30`)
      .set(`${day} 14:00`, { priority: '1' });
    const levels = { three: level({ 'priorities/3': true, amount: 16 }), one: level({ 'priorities/1': true }) };
    expect(wall(due(script, `${day} 14:10`, levels).due)).toBe(`${day} 16:00`);
  });

  it('frappe/helpdesk#1675: a pause moves the target, while it lasts and after', () => {
    const script = new TicketScript(`${day} 09:00`).hold(`${day} 10:00`);
    expect(due(script, `${day} 16:00`, { level: level() })).toMatchObject({ due: null, dueStage: 'paused' });
    script.work('2026-03-11 10:00');
    expect(wall(due(script, '2026-03-11 10:30', { level: level() }).due)).toBe('2026-03-11 14:00');
  });

  it('osTicket discussion 6438: a target can be paused at all, and only for the reasons agreed', () => {
    const script = new TicketScript(`${day} 09:00`).hold(`${day} 10:00`, 'awaiting-change');
    expect(targetOf(script, `${day} 12:00`).status).toBe('running');
    expect(targetOf(script, `${day} 12:00`, { 'pausesOn/awaiting-change': true }).status).toBe('paused');
  });

  it('Zammad ticket_sla_test: created on hold and closed from it took no time', () => {
    const script = new TicketScript(`${day} 09:00`, { state: 'on-hold', onHoldReason: 'awaiting-vendor' });
    expect(targetOf(script.set(`${day} 15:00`, { state: 'closed' }), '2026-03-11 09:00')).toMatchObject({
      elapsedMs: 0,
      stage: 'met',
    });
  });

  it('GLPI testDueDatesAndEscalationDate: a definition counts from the opening, with `restart` from when it attached', () => {
    const script = new TicketScript(`${day} 09:00`, { service: 'mail' }).set(`${day} 10:00`, { service: 'files' });
    const files = { 'services/files': true };
    expect(wall(due(script, `${day} 10:00`, { level: level(files) }).due)).toBe(`${day} 14:00`);
    expect(wall(due(script, `${day} 10:00`, { level: level({ ...files, onChange: 'restart' }) }).due)).toBe(
      `${day} 15:00`,
    );
  });

  it('V33, V34: the overrun of a target is counted in open time', () => {
    const state = targetOf(new TicketScript(`${day} 09:00`), `${day} 14:00`, { amount: 2 });
    expect(wall(state.dueAt)).toBe(`${day} 11:00`);
    expect(state.remainingMs).toBe(-2 * hour);
  });
});
