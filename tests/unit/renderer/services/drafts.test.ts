import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDrafts } from '../../../../renderer/services/drafts.ts';
import type { DesktopApi } from '../../../../shared/desktop-api.ts';

/** A shell that keeps drafts and notes what it was asked. */
function shell(kept: Map<string, string>, asked: string[], isFull = (): boolean => false): DesktopApi {
  const call = async (name: string, input: unknown): Promise<unknown> => {
    const { key = '', text = '' } = (input ?? {}) as { readonly key?: string; readonly text?: string };
    asked.push(name === 'draftSave' ? `save ${key} ${text}` : `${name} ${key}`.trim());
    if (name === 'draftSave' && isFull())
      return { ok: false, failure: { kind: 'disk-full', message: 'no space left' } };
    if (name === 'draftSave') kept.set(key, text);
    if (name === 'draftDelete') kept.delete(key);
    const value =
      name === 'draftList' ? [...kept].map(([each, words]) => ({ key: each, text: words, savedAt: 0 })) : null;
    return { ok: true, value };
  };
  return { call, on: () => () => undefined } as unknown as DesktopApi;
}

describe('drafts', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are saved within half a second after the last key, once', async () => {
    const asked: string[] = [];
    const drafts = await openDrafts(shell(new Map(), asked), 'demo', Date.now);
    for (const text of ['a', 'ab', 'abc']) drafts.write('new', text);
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toEqual(['draftList', 'save new abc']);
  });

  it('are saved while somebody types without a pause', async () => {
    const asked: string[] = [];
    const drafts = await openDrafts(shell(new Map(), asked), 'demo', Date.now);
    for (let typed = 1; typed <= 30; typed += 1) {
      drafts.write('new', 'x'.repeat(typed));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked.filter((each) => each.startsWith('save')).length).toBeGreaterThanOrEqual(1);
  });

  it('that the disk refused are saved when there is room, without another key', async () => {
    const kept = new Map<string, string>();
    let isFull = true;
    const drafts = await openDrafts(
      shell(kept, [], () => isFull),
      'demo',
      Date.now,
    );
    drafts.write('new', 'typed on a full disk');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(kept.size).toBe(0);
    isFull = false;
    await vi.advanceTimersByTimeAsync(2_500);
    expect(kept.get('new')).toBe('typed on a full disk');
  });

  it('come back after a restart and go when they are discarded', async () => {
    const kept = new Map<string, string>();
    const before = await openDrafts(shell(kept, []), 'demo', Date.now);
    before.write('new', 'half a thought');
    before.flush();
    const after = await openDrafts(shell(kept, []), 'demo', Date.now);
    expect(after.read('new')).toBe('half a thought');
    after.discard('new');
    await vi.advanceTimersByTimeAsync(500);
    expect(kept.size).toBe(0);
    expect(after.read('new')).toBe('');
  });
});
