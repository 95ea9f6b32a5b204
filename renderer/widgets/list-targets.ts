import { useEffect, useState } from 'react';
import type { ListResult } from '../data/data-api.ts';
import type { Overlay } from '../store/overlay-slice.ts';
import { useDeskContext, type Desk } from './desk.ts';
import type { ListSource } from './list-source.ts';

/** What an action is about: the records chosen in the list, else the open one, else the one under the cursor. */

/** Reads the list on screen from the desk. */
export type ReadList = (desk: Desk) => ListSource;

export function hasTarget(desk: Desk, read: ReadList): boolean {
  const { selection, cursorId } = read(desk).state;
  const { record } = desk.getState().navigation.place;
  return selection.kind === 'all' || selection.ids.length > 0 || record !== null || cursorId !== null;
}

export async function targetsOf(desk: Desk, read: ReadList): Promise<readonly string[]> {
  const { selection, cursorId } = read(desk).state;
  if (selection.kind === 'some' && selection.ids.length > 0) return selection.ids;
  if (selection.kind === 'all') return (await allIds(desk, read)).filter((id) => !selection.except.includes(id));
  const one = desk.getState().navigation.place.record ?? cursorId;
  return one === null ? [] : [one];
}

const idsPerQuery = 2_000;

async function allIds(desk: Desk, read: ReadList): Promise<readonly string[]> {
  const list = read(desk);
  const ids: string[] = [];
  for (;;) {
    const answer = await desk.services.data.call('query', list.query(ids.length, idsPerQuery));
    const { rows, total } = answer as ListResult;
    if (rows.length === 0) return ids;
    ids.push(...rows.map(({ id }) => id));
    if (ids.length >= total) return ids;
  }
}

/** The records a dialog is about: those it was opened with, else the targets of the list. `read` is a constant. */
export function useTargets(overlay: Overlay, read: ReadList): readonly string[] {
  const desk = useDeskContext();
  const [ids, setIds] = useState<readonly string[]>(overlay.ids ?? []);
  useEffect(() => {
    if (overlay.ids === undefined) void targetsOf(desk, read).then(setIds);
  }, [desk, overlay.ids, read]);
  return ids;
}
