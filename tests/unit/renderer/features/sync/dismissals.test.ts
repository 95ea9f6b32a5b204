import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dismissals } from '../../../../../renderer/features/sync/refused/dismissals.ts';

describe('a dismissed change', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is let go when the time to bring it back is over, and not before', () => {
    const gone: string[] = [];
    const dismissals = new Dismissals((dot) => gone.push(dot));
    dismissals.dismiss('K:1');
    dismissals.dismiss('K:1');
    vi.advanceTimersByTime(9_000);
    expect([gone, dismissals.getState()]).toEqual([[], ['K:1']]);
    vi.advanceTimersByTime(2_000);
    expect([gone, dismissals.getState()]).toEqual([['K:1'], []]);
  });

  it('comes back by undo, the last one first, and is then never let go', () => {
    const gone: string[] = [];
    const dismissals = new Dismissals((dot) => gone.push(dot));
    let heard = 0;
    dismissals.subscribe(() => (heard += 1));
    dismissals.dismiss('K:1');
    dismissals.dismiss('K:2');
    dismissals.undo();
    expect(dismissals.getState()).toEqual(['K:1']);
    dismissals.undo('K:1');
    vi.advanceTimersByTime(60_000);
    expect([gone, dismissals.hasUndo, heard]).toEqual([[], false, 4]);
  });
});
