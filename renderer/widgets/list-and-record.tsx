import type { ReactNode } from 'react';
import { useText } from '../services/text.ts';
import { useDesk, useDeskDispatch } from '../store/desk-state.ts';
import { layoutSlice, listWidthRange } from '../store/layout-slice.ts';
import { classNames } from '../ui/class-names.ts';
import { Splitter } from '../ui/splitter.tsx';
import { useMediaQuery } from '../ui/use-media-query.ts';
import styles from './list-and-record.module.css';

/** Below this width (px) the open record takes the place of the list. */
const narrow = 900;

export interface ListAndRecordProps {
  /** `previews`: the record stands beside it and follows the cursor. */
  readonly renderList: (previews: boolean) => ReactNode;
  /** `isPage`: nothing stands beside it, so that it offers the way back. */
  readonly renderRecord: (isPage: boolean) => ReactNode;
  /** One at a time however wide the window is. */
  readonly isSingle?: boolean;
  /** An open record alone. */
  readonly isListHidden?: boolean;
}

/** The frame of a screen with a list and the record open in it: side by side, in a narrow window one of them. */
export function ListAndRecord({
  renderList,
  renderRecord,
  isSingle = false,
  isListHidden = false,
}: ListAndRecordProps): ReactNode {
  const text = useText();
  const dispatch = useDeskDispatch();
  const listWidth = useDesk((desk) => desk.layout.listWidth);
  const isOpen = useDesk((desk) => desk.navigation.place.record !== null);
  const isNarrow = useMediaQuery(`(max-width: ${narrow - 1}px)`);
  if (isSingle || isNarrow) return isOpen ? renderRecord(true) : renderList(false);
  if (isListHidden && isOpen) return renderRecord(true);
  return (
    <div className={classNames(styles, 'screen')}>
      <div className={classNames(styles, 'list')} style={{ inlineSize: listWidth }}>
        {renderList(true)}
      </div>
      <Splitter
        label={text('list.splitter')}
        value={listWidth}
        min={listWidthRange.min}
        max={listWidthRange.max}
        usual={listWidthRange.usual}
        onChange={(width) => dispatch(layoutSlice.actions.changedLayout({ listWidth: width }))}
      />
      <div className={classNames(styles, 'record')}>{renderRecord(false)}</div>
    </div>
  );
}
