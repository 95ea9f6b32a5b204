import { GitBranch } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useMediaQuery } from '../../../ui/use-media-query.ts';
import { VirtualGrid, type GridRow } from '../../../ui/virtual-grid.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useRowHeight } from '../../../widgets/row-height.ts';
import { useSyncText } from '../sync-text.ts';
import { ConflictRowCell, conflictFields } from './conflict-row.tsx';
import { ReviewPane } from './review-pane.tsx';
import { keepAllShown } from './settle.ts';
import { useConflictList } from './use-conflict-list.ts';
import styles from './conflict-inbox.module.css';

/** Below this width (px) the record under review takes the place of the list. */
const narrow = 900;

/** Every record that needs a choice, and the one under review beside it. Settling one brings up the next. */
export function ConflictInbox(): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  const dispatch = useDeskDispatch();
  const { total, rowAt, indexOf, onVisible } = useConflictList();
  const opened = useDesk((state) => state.navigation.place.record);
  const isNarrow = useMediaQuery(`(max-width: ${narrow - 1}px)`);
  const rowHeight = useRowHeight('list');
  const grid = useRef<HTMLDivElement>(null);
  const found = opened === null ? -1 : indexOf(opened);
  // Where the cursor was stays its place when the record there is settled and leaves the list.
  const [place, setPlace] = useState(0);
  const cursor = found >= 0 ? found : Math.min(place, Math.max(0, (total ?? 1) - 1));
  if (found >= 0 && found !== place) setPlace(found);
  const current = rowAt(cursor);

  const show = (index: number): void => {
    const row = rowAt(index);
    if (row === undefined) return;
    setPlace(index);
    dispatch(navigationSlice.actions.showedRecord(row.id));
  };
  const gridRow = (index: number): GridRow | undefined => {
    const row = rowAt(index);
    if (row === undefined) return undefined;
    return {
      id: row.id,
      isSelected: false,
      isCurrent: index === cursor,
      label: `${row.title} ${row.reference} ${conflictFields(text, row)}`,
      cells: <ConflictRowCell row={row} />,
    };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: cursor + 1, ArrowUp: cursor - 1, Home: 0, End: (total ?? 1) - 1 }[event.key];
    const opens = event.key === 'Enter' || event.key === 'ArrowRight';
    if (event.ctrlKey || event.metaKey || event.altKey || (to === undefined && !opens)) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== undefined) return show(to);
    show(cursor);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-review]')?.focus());
  };

  if (total === undefined) return null;
  if (total === 0) {
    return (
      <EmptyState glyph={<GitBranch size={22} />} title={text('conflicts.none')}>
        {text('conflicts.none-hint')}
      </EmptyState>
    );
  }
  const review =
    current === undefined ? null : (
      <ReviewPane
        key={current.id}
        record={current}
        onLeave={(direction) => show(Math.max(0, Math.min(total - 1, cursor + direction)))}
        {...(isNarrow ? { onBack: () => void dispatch(navigationSlice.actions.closedRecord()) } : {})}
      />
    );
  if (isNarrow && opened !== null) return <div className={classNames(styles, 'inbox')}>{review}</div>;
  return (
    <div className={classNames(styles, 'inbox')}>
      <div className={classNames(styles, 'list', isNarrow && 'whole')}>
        <VirtualGrid
          ref={grid}
          label={text('conflicts.list')}
          listKey="conflicts"
          rowCount={total}
          columnCount={1}
          rowHeight={rowHeight}
          rowAt={gridRow}
          cursor={cursor}
          onVisible={onVisible}
          onKeyDown={onKeyDown}
          onRowPress={show}
        />
        <div className={classNames(styles, 'foot')}>
          <Button variant="quiet" keys="Mod+Shift+Enter" onPress={() => void keepAllShown(desk)}>
            {text('conflicts.keep-all')}
          </Button>
        </div>
      </div>
      {isNarrow ? null : review}
    </div>
  );
}
