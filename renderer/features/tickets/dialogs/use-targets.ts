import { useEffect, useState } from 'react';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { targetsOf } from '../ticket-actions.ts';

/** The tickets a dialog is about: those it was opened with, else what is chosen, open or under the cursor. */
export function useTargets(overlay: Overlay): readonly string[] {
  const desk = useDeskContext();
  const [ids, setIds] = useState<readonly string[]>(overlay.ids ?? []);
  useEffect(() => {
    if (overlay.ids === undefined) void targetsOf(desk).then(setIds);
  }, [desk, overlay.ids]);
  return ids;
}
