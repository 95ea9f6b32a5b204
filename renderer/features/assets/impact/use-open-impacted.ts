import { useCallback } from 'react';
import type { ImpactRecord } from '../../../data/impact/impact-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { assetsScreen, servicesView } from '../asset-list.ts';

/** Shows an asset or a service where it is at home; people have no screen of their own. */
export function useOpenImpacted(onLeave?: () => void): (record: ImpactRecord) => void {
  const dispatch = useDeskDispatch();
  return useCallback(
    ({ id, entity }) => {
      if (entity === 'person') return;
      onLeave?.();
      const isService = entity === 'service';
      dispatch(
        navigationSlice.actions.wentTo({
          screen: assetsScreen,
          view: isService ? servicesView : '',
          record: isService ? null : id,
        }),
      );
    },
    [dispatch, onLeave],
  );
}
