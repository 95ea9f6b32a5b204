import type { ReactNode } from 'react';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useAssetText } from '../asset-text.ts';
import { ImpactPanel } from '../impact/impact-panel.tsx';

/** What is affected when the records of the overlay fail, or while a change works on them: for every other screen. */
export function ImpactDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const text = useAssetText();
  return (
    <Dialog title={text('impact.title')} closeLabel={text('action.close')} onClose={onClose} width="wide">
      <ImpactPanel sources={overlay.ids ?? []} onLeave={onClose} />
    </Dialog>
  );
}
