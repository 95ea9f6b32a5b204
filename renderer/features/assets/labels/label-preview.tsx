import type { ReactNode } from 'react';
import type { PlacedLabel } from '../../../../shared/domain/label/lay-out-labels.ts';
import { classNames } from '../../../ui/class-names.ts';
import { LabelSheet, type LabelSheetProps } from './label-sheet.tsx';
import styles from './labels-dialog.module.css';

const shownPages = 3;
/** px. */
const room = 226;
const pixelsPerMillimetre = 96 / 25.4;

export interface LabelPreviewProps extends Omit<LabelSheetProps, 'placed' | 'isOutlined'> {
  readonly pages: readonly (readonly PlacedLabel[])[];
}

/** The first sheets as they will be, small. */
export function LabelPreview({ pages, ...sheet }: LabelPreviewProps): ReactNode {
  const zoom = Math.min(1, room / (sheet.format.page.width * pixelsPerMillimetre));
  return (
    <div aria-hidden className={classNames(styles, 'preview')}>
      {pages.slice(0, shownPages).map((placed, index) => (
        // Sheets have no name but their number.
        <div key={index} className={classNames(styles, 'page')} style={{ zoom }}>
          <LabelSheet {...sheet} placed={placed} isOutlined />
        </div>
      ))}
    </div>
  );
}
