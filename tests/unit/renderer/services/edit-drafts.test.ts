import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataClient } from '../../../../renderer/data/data-client.ts';
import type { Drafts } from '../../../../renderer/services/drafts.ts';
import { tellEdits } from '../../../../renderer/services/edit-drafts.ts';

describe('drafts tell which record is edited', () => {
  let kept: Map<string, string>;
  let edited: string[];
  let drafts: Drafts;

  beforeEach(() => {
    vi.useFakeTimers();
    kept = new Map();
    edited = [];
    const plain: Drafts = {
      read: (key) => kept.get(key) ?? '',
      write: (key, text) => void kept.set(key, text),
      discard: (key) => void kept.delete(key),
      flush: () => undefined,
    };
    const watch: DataClient['watch'] = (query) => {
      const name = query.type === 'editing' ? `${query.entity}/${query.id}` : query.type;
      edited.push(name);
      return () => {
        edited.splice(edited.indexOf(name), 1);
      };
    };
    drafts = tellEdits(plain, { watch });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('from the first key until it is saved, and keeps the text', () => {
    drafts.write('ticket/a/comment', 'h');
    drafts.write('ticket/a/comment', 'he');
    expect(edited).toEqual(['ticket/a']);
    expect(drafts.read('ticket/a/comment')).toBe('he');
    drafts.discard('ticket/a/comment');
    expect(edited).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('for as long as one of its texts is unsaved', () => {
    drafts.write('ticket/a/comment', 'x');
    drafts.write('ticket/a/title', 'y');
    drafts.write('ticket/b/title', 'z');
    drafts.write('ticket/a/comment', '');
    expect(edited).toEqual(['ticket/a', 'ticket/b']);
    drafts.discard('ticket/a/title');
    expect(edited).toEqual(['ticket/b']);
  });

  it('until it rests for two minutes, and again with the next key', () => {
    drafts.write('ticket/a/comment', 'x');
    vi.advanceTimersByTime(119_000);
    drafts.write('ticket/a/comment', 'xy');
    vi.advanceTimersByTime(119_000);
    expect(edited).toEqual(['ticket/a']);
    vi.advanceTimersByTime(1_000);
    expect(edited).toEqual([]);
    drafts.write('ticket/a/comment', 'xyz');
    expect(edited).toEqual(['ticket/a']);
  });

  it('but nothing of what is no record yet', () => {
    drafts.write('new-ticket/title', 'x');
    drafts.write('bulk/resolve', 'x');
    drafts.discard('new-ticket/title');
    expect(edited).toEqual([]);
  });
});
