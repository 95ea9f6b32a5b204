import { beforeEach, describe, expect, it } from 'vitest';
import { linkedAccount, refusalOf, ScriptedEndpoint } from '../../../helpers/scripted-endpoint.ts';

let end: ScriptedEndpoint;
beforeEach(() => {
  end = new ScriptedEndpoint();
});

const link = async (): Promise<void> => {
  end.engine.link(linkedAccount);
  await end.pass(100);
};

describe('an exchange', () => {
  it('gives up on an endpoint that answers pushes out of another life than it greets from', async () => {
    end.written = 3;
    let greeted = 0;
    end.during = (call) => {
      end.epoch = call === 'push' ? 'epoch-2' : 'epoch-1';
      if (call !== 'hello') return;
      end.held = 0;
      if ((greeted += 1) > 50) throw new Error('it greets for ever');
    };
    await link();
    expect(end.state.problem?.kind).toBe('bad-answer');
    expect(greeted).toBeLessThan(10);
  });

  it('goes on where it was when the records could not all be fetched at once', async () => {
    end.fetch = 'all-records';
    end.faults.push(
      { call: 'records', error: null },
      { call: 'records', error: refusalOf('too-many-requests', 5_000) },
    );
    await link();
    expect(end.asked).toEqual(['hello', 'records', 'records']);
    await end.pass(20_000);
    expect(end.asked.slice(3, 5)).toEqual(['hello', 'records']);
    expect(end.state.problem).toBeNull();
    expect(end.asked[5]).not.toBe('records');
  });
});
