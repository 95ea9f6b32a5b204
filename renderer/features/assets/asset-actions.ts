import type { FieldValue } from '../../../shared/sync/operation.ts';
import type { CommandOutcome } from '../../data/data-api.ts';
import { overlaySlice, type Overlay } from '../../store/overlay-slice.ts';
import type { Desk } from '../../widgets/desk.ts';
import { hasTarget, targetsOf, useTargets } from '../../widgets/list-targets.ts';
import type { ListSource } from '../../widgets/list-source.ts';
import { runOnMany } from '../../widgets/run-on-many.ts';
import { currentAssetList } from './asset-list.ts';

/** What people do with one asset or many: the same words for keys, the bulk bar and dialogs. */

export const readAssetList = (desk: Desk): ListSource => currentAssetList(desk.getState().lists);

/** The other views of the screen show no assets to act on. */
export function inAssetList(desk: Desk): boolean {
  return desk.getState().navigation.place.view === '';
}

export function hasAsset(desk: Desk): boolean {
  return inAssetList(desk) && hasTarget(desk, readAssetList);
}

/** The assets a dialog is about. */
export function useAssetTargets(overlay: Overlay): readonly string[] {
  return useTargets(overlay, readAssetList);
}

/** Opens a dialog about what is chosen, open or under the cursor. */
export function aboutAssets(id: string): (desk: Desk) => void {
  return (desk) =>
    void targetsOf(desk, readAssetList).then((ids) => {
      if (ids.length > 0) desk.dispatch(overlaySlice.actions.openedOverlay({ id, ids }));
    });
}

/** Writes the same fields to every asset: one step, one undo. Those that cannot take it stay, and are counted. */
export function editAssets(
  desk: Desk,
  ids: readonly string[],
  fields: Readonly<Record<string, FieldValue>>,
  done: string,
): Promise<CommandOutcome> {
  const input = { entity: 'asset', fields };
  return runOnMany(desk, {
    ids,
    list: readAssetList(desk).key,
    done,
    one: (id) => ({ command: 'record.edit', input: { ...input, id } }),
    many: { command: 'record.bulk', input: { ids, command: 'record.edit', input } },
    doneMany: (count) => desk.translate('done.assets', { done, count }),
    keptMany: (kept, count) => desk.translate('done.assets-kept', { kept, count }),
  });
}
