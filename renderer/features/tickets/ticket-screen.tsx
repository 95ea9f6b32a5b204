import type { ReactNode } from 'react';
import { useDesk, useDeskDispatch } from '../../store/desk-state.ts';
import { layoutSlice, listWidthRange } from '../../store/layout-slice.ts';
import { classNames } from '../../ui/class-names.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { TicketListPane } from './list/ticket-list-pane.tsx';
import { RecordPane } from './record/record-pane.tsx';
import { useTicketText } from './ticket-text.ts';
import styles from './ticket-screen.module.css';

/** Below this width (px) the open ticket takes the place of the list. */
const narrow = 900;

/** List and ticket side by side; a table, or a narrow window, shows one of them. */
export function TicketScreen(): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const { listWidth, listMode, isListHidden } = useDesk((desk) => desk.layout);
  const isOpen = useDesk((desk) => desk.navigation.place.record !== null);
  const isNarrow = useMediaQuery(`(max-width: ${narrow - 1}px)`);
  const isTable = listMode === 'table';
  if (isTable || isNarrow)
    return isOpen ? <RecordPane isPage /> : <TicketListPane isTable={isTable} previews={false} />;
  if (isListHidden && isOpen) return <RecordPane isPage />;
  return (
    <div className={classNames(styles, 'screen')}>
      <div className={classNames(styles, 'list')} style={{ inlineSize: listWidth }}>
        <TicketListPane isTable={false} previews />
      </div>
      <Splitter
        label={text('screen.splitter')}
        value={listWidth}
        min={listWidthRange.min}
        max={listWidthRange.max}
        usual={listWidthRange.usual}
        onChange={(width) => dispatch(layoutSlice.actions.changedLayout({ listWidth: width }))}
      />
      <div className={classNames(styles, 'record')}>
        <RecordPane isPage={false} />
      </div>
    </div>
  );
}
