import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useRef,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { classNames } from './class-names.ts';
import styles from './virtual-grid.module.css';

/** What the grid must know of the row at a position. Undefined where the row has not been read yet. */
export interface GridRow {
  readonly id: string;
  /** Chosen for a bulk action. */
  readonly isSelected: boolean;
  /** Shown in the record pane. */
  readonly isCurrent: boolean;
  /** Whole row for a screen reader. */
  readonly label: string;
  /** Grid cells: elements with the role `gridcell`. */
  readonly cells: ReactNode;
}

export interface VirtualGridProps {
  readonly label: string;
  readonly rowCount: number;
  readonly columnCount: number;
  /** px. */
  readonly rowHeight: number;
  readonly rowAt: (index: number) => GridRow | undefined;
  /** Position of the cursor, -1 for none. Only the grid itself is a tab stop; the cursor is its active descendant. */
  readonly cursor: number;
  /** Positions in sight, so that the caller reads just those rows. */
  readonly onVisible: (first: number, last: number) => void;
  readonly onRowPress: (index: number, event: MouseEvent) => void;
  readonly onRowOpen?: (index: number) => void;
  readonly onRowMenu?: (index: number, event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus?: (event: FocusEvent) => void;
  /** Header row, an element with the role `row`; counted as row 1. */
  readonly header?: ReactNode;
  /** Room in px left free under the last row for what floats over the list. */
  readonly endPadding?: number;
  readonly ref?: Ref<HTMLDivElement>;
  /** Changes when another list is shown: scrolls back to its start. */
  readonly listKey: string;
}

const overscan = 6;

/** An ARIA grid that draws only the rows in sight, whatever their number. Rows are known by position. */
export function VirtualGrid(props: VirtualGridProps): ReactNode {
  const { rowCount, rowHeight, rowAt, cursor, onVisible, listKey } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const headerRows = props.header === undefined ? 0 : 1;

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    paddingEnd: props.endPadding ?? 0,
    scrollPaddingStart: headerRows * rowHeight,
    scrollPaddingEnd: props.endPadding ?? 0,
  });

  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [listKey]);
  // Follows the cursor and nothing else: rows that arrive must not pull back a person who scrolled away.
  const followed = useRef(-1);
  useEffect(() => {
    if (cursor === followed.current || cursor < 0 || cursor >= rowCount) return;
    followed.current = cursor;
    virtualizer.scrollToIndex(cursor, { align: 'auto' });
  }, [virtualizer, cursor, rowCount]);

  const drawn = virtualizer.getVirtualItems();
  const first = drawn[0]?.index ?? 0;
  const last = drawn.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= first) onVisible(first, last);
  }, [first, last, onVisible]);

  const rowId = (index: number): string => `${gridId}-${index}`;
  const indexOf = (event: MouseEvent): number => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    return Number(row?.getAttribute('data-index') ?? -1);
  };
  const onPress = (event: MouseEvent, heard: ((index: number, event: MouseEvent) => void) | undefined): void => {
    const index = indexOf(event);
    if (index >= 0) heard?.(index, event);
  };

  return (
    <div
      ref={joinRefs(scroller, props.ref)}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rowCount + headerRows}
      aria-colcount={props.columnCount}
      aria-multiselectable="true"
      {...(cursor >= first && cursor <= last ? { 'aria-activedescendant': rowId(cursor) } : {})}
      tabIndex={0}
      className={classNames(styles, 'grid')}
      onKeyDown={props.onKeyDown}
      onFocus={props.onFocus}
      onClick={(event) => onPress(event, props.onRowPress)}
      onDoubleClick={(event) => onPress(event, props.onRowOpen)}
      onContextMenu={(event) => onPress(event, props.onRowMenu)}
    >
      {props.header}
      <div
        role="presentation"
        className={classNames(styles, 'space')}
        style={{ blockSize: virtualizer.getTotalSize() }}
      >
        {drawn.map((item) => {
          const row = rowAt(item.index);
          return (
            <div
              key={item.index}
              id={rowId(item.index)}
              role="row"
              data-index={item.index}
              data-row-id={row?.id}
              data-current={row?.isCurrent === true ? '' : undefined}
              data-cursor={item.index === cursor ? '' : undefined}
              aria-rowindex={item.index + 1 + headerRows}
              aria-selected={row?.isSelected ?? false}
              aria-label={row?.label}
              className={classNames(styles, 'row')}
              style={{ blockSize: rowHeight, transform: `translateY(${item.start}px)` }}
            >
              {row === undefined ? (
                <span role="gridcell" aria-label="…" className={classNames(styles, 'blank')} />
              ) : (
                row.cells
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function joinRefs<Element>(
  own: { current: Element | null },
  given: Ref<Element> | undefined,
): (element: Element | null) => void {
  return (element) => {
    own.current = element;
    if (typeof given === 'function') given(element);
    else if (given !== null && given !== undefined) given.current = element;
  };
}
