import type { DesktopApi } from '../../shared/desktop-api.ts';

/** Text being written, kept by the shell while it is written, so that a crash costs at most the last pause. */
export interface Drafts {
  readonly read: (key: string) => string;
  readonly write: (key: string, text: string) => void;
  readonly discard: (key: string) => void;
  /** Writes what is due at once, e.g. when the window closes. */
  readonly flush: () => void;
}

/** Well within the 500 ms promised after the last key. */
const pauseMs = 300;
/** But never longer than this after the first of a burst, for people who type without a pause. */
const longestMs = 1_500;

/** After a save that the disk refused. */
const againMs = 2_000;

interface Due {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly since: number;
}

/** Reads the drafts kept so far; then reading is instant and writing waits for a pause in typing. */
export async function openDrafts(desktop: DesktopApi, space: string, now: () => number): Promise<Drafts> {
  const listed = await desktop.call('draftList', { space });
  const texts = new Map<string, string>();
  if (listed.ok) for (const draft of listed.value) texts.set(draft.key, draft.text);
  else void desktop.call('logError', { message: listed.failure.message, where: 'read drafts' });

  const due = new Map<string, Due>();
  const save = (key: string): void => {
    clearTimeout(due.get(key)?.timer);
    due.delete(key);
    const text = texts.get(key) ?? '';
    const saved =
      text === '' ? desktop.call('draftDelete', { space, key }) : desktop.call('draftSave', { space, key, text });
    void saved.then((answer) => {
      if (answer.ok) return;
      void desktop.call('logError', { message: answer.failure.message, where: 'save draft' });
      // The text stays in the field and in memory, and is tried again by the next key or after a while.
      if (!due.has(key)) due.set(key, { since: now(), timer: setTimeout(() => save(key), againMs) });
    });
  };
  const plan = (key: string): void => {
    const before = due.get(key);
    const since = before?.since ?? now();
    clearTimeout(before?.timer);
    const wait = Math.max(0, Math.min(pauseMs, since + longestMs - now()));
    due.set(key, { since, timer: setTimeout(() => save(key), wait) });
  };

  return {
    read: (key) => texts.get(key) ?? '',
    write: (key, text) => {
      if (text === (texts.get(key) ?? '')) return;
      if (text === '') texts.delete(key);
      else texts.set(key, text);
      plan(key);
    },
    discard: (key) => {
      if (!texts.delete(key) && !due.has(key)) return;
      save(key);
    },
    flush: () => {
      for (const key of due.keys()) save(key);
    },
  };
}
