import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../../renderer/data/data-api.ts';
import type { DataClient } from '../../../../renderer/data/data-client.ts';
import { deskReducer, type DeskState } from '../../../../renderer/store/desk-state.ts';
import { createCommandRunner, type RunnerParts } from '../../../../renderer/widgets/command-runner.ts';
import type { DesktopApi } from '../../../../shared/desktop-api.ts';

type Answer = () => CommandOutcome;

function saved(seq: number): Answer {
  return () => ({ ok: true, value: { dots: [`A:${seq}`], ids: ['t1'] } });
}

function harness(...answers: readonly Answer[]) {
  let state: DeskState = deskReducer(undefined, { type: '@@start' });
  const asked: unknown[] = [];
  const waiting = [...answers];
  const data = {
    call: async (name: string, input: unknown) => {
      asked.push([name, input]);
      const answer = waiting.shift();
      if (answer === undefined) throw new Error('nothing more was expected');
      return answer();
    },
    watch: () => () => undefined,
  } as unknown as DataClient;
  const desktop = { call: async () => ({ ok: true, value: null }) } as unknown as DesktopApi;
  const parts: RunnerParts = {
    services: { data, desktop, now: () => 5 },
    getState: () => state,
    dispatch: (action) => {
      state = deskReducer(state, action);
    },
    translate: (key) => key,
  };
  return { runner: createCommandRunner(parts), asked, state: () => state };
}

describe('the command runner', () => {
  it('undoes the newest step and does it again by undoing the undo', async () => {
    const { runner, asked, state } = harness(saved(1), saved(2), saved(3), saved(4));
    await runner.run('ticket.start', { id: 't1' }, { done: 'one' });
    await runner.run('ticket.close', { id: 't1' }, { done: 'two' });
    await runner.undo();
    await runner.redo();
    expect(asked.slice(2)).toEqual([
      ['undo', { dots: ['A:2'] }],
      ['undo', { dots: ['A:3'] }],
    ]);
    expect(state().undo.done.map(({ dots }) => dots)).toEqual([['A:1'], ['A:4']]);
    expect(state().undo.undone).toEqual([]);
  });

  it('offers Undo with what was done, and what a person changed is not news to them', async () => {
    const { runner, state } = harness(saved(1));
    await runner.run('ticket.start', { id: 't1' }, { done: 'Work started' });
    expect(state().toasts).toMatchObject([{ text: 'Work started', tone: 'done', undo: ['A:1'] }]);
    expect(state().seen.at).toEqual({ t1: 5 });
  });

  it('tells a refusal, unless the caller does', async () => {
    const refused: Answer = () => ({ ok: false, failure: { kind: 'ticket-finished', values: { state: 'closed' } } });
    const { runner, state } = harness(refused, refused);
    await runner.run('ticket.start', { id: 't1' }, { done: '', showsRefusal: true });
    expect(state().toasts).toEqual([]);
    await runner.run('ticket.start', { id: 't1' }, { done: '' });
    expect(state().toasts).toMatchObject([{ text: 'refusal.ticket-finished', tone: 'refused' }]);
    expect(state().undo.done).toEqual([]);
  });

  it('drops a step that cannot be taken back, so that the one before is reachable', async () => {
    const changedSince: Answer = () => ({ ok: false, failure: { kind: 'changed-since' } });
    const { runner, state } = harness(saved(1), saved(2), changedSince, saved(3));
    await runner.run('a', {}, { done: 'one' });
    await runner.run('b', {}, { done: 'two' });
    await runner.undo();
    await runner.undo();
    expect(state().undo.done).toEqual([]);
    expect(state().undo.undone.map(({ label }) => label)).toEqual(['one']);
  });

  it('turns a broken worker into words and a refusal, never into silence', async () => {
    const { runner, state } = harness(() => {
      throw new Error('worker is gone');
    });
    const outcome = await runner.run('ticket.start', {}, { done: '', showsRefusal: true });
    expect(outcome).toEqual({ ok: false, failure: { kind: 'broken' } });
    expect(state().toasts).toMatchObject([{ text: 'failure.broken', tone: 'refused' }]);
  });
});
