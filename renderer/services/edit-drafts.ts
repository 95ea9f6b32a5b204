import type { DataClient } from '../data/data-client.ts';
import type { Drafts } from './drafts.ts';

/** A text nobody has touched for so long (ms) is not being edited. */
const restsAfterMs = 120_000;

interface Edit {
  /** Drafts of the record with something unsaved in them. */
  readonly keys: Set<string>;
  readonly stop: () => void;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Drafts that tell others, through the data worker, which record is being edited: from the first key until the text is saved,
 * thrown away, or rests. Only drafts kept under `entity/id/...` belong to a record that others may know.
 */
export function tellEdits(drafts: Drafts, data: Pick<DataClient, 'watch'>): Drafts {
  const edits = new Map<string, Edit>();
  const end = (record: string): void => {
    const edit = edits.get(record);
    edits.delete(record);
    clearTimeout(edit?.timer);
    edit?.stop();
  };
  const touch = (key: string): void => {
    const [entity, id, field] = key.split('/');
    if (entity === undefined || id === undefined || field === undefined) return;
    const record = `${entity}/${id}`;
    let edit = edits.get(record);
    if (edit === undefined) {
      const stop = data.watch({ type: 'editing', entity, id }, () => undefined);
      edit = { keys: new Set(), stop, timer: undefined };
      edits.set(record, edit);
    }
    edit.keys.add(key);
    clearTimeout(edit.timer);
    edit.timer = setTimeout(() => end(record), restsAfterMs);
  };
  const leave = (key: string): void => {
    const record = key.split('/').slice(0, 2).join('/');
    const edit = edits.get(record);
    edit?.keys.delete(key);
    if (edit?.keys.size === 0) end(record);
  };
  return {
    ...drafts,
    write: (key, text) => {
      drafts.write(key, text);
      if (text === '') leave(key);
      else touch(key);
    },
    discard: (key) => {
      drafts.discard(key);
      leave(key);
    },
  };
}
