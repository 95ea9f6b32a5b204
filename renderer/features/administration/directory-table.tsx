import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { VirtualGrid, type GridRow } from '../../ui/virtual-grid.tsx';
import { useRowHeight } from '../../widgets/row-height.ts';
import styles from './directory-table.module.css';

export interface DirectoryTableProps<Item> {
  readonly label: string;
  readonly listKey: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  /** Whole row for a screen reader. */
  readonly labelOf: (item: Item) => string;
  /** Takes no part any more: shown quietly. */
  readonly isOver: (item: Item) => boolean;
  readonly columns: readonly string[];
  /** What stands in them. */
  readonly cellsOf: (item: Item) => readonly ReactNode[];
  /** The sheet's class that gives the widths of the columns. */
  readonly widths: 'accounts' | 'devices';
  readonly onOpen: (item: Item) => void;
}

/** A table of which only the rows in sight are drawn: arrows move, Enter or a click opens. */
export function DirectoryTable<Item>(props: DirectoryTableProps<Item>): ReactNode {
  const { items, columns, onOpen, widths } = props;
  const rowHeight = useRowHeight('table');
  const [place, setPlace] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const cursor = Math.min(place, items.length - 1);
  const open = (index: number): void => {
    const item = items[index];
    if (item === undefined) return;
    setPlace(index);
    onOpen(item);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 2);
    const to = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      Home: 0,
      End: items.length - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
    }[event.key];
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (to === undefined) open(cursor);
    else setPlace(Math.max(0, Math.min(items.length - 1, to)));
  };
  const rowAt = (index: number): GridRow | undefined => {
    const item = items[index];
    if (item === undefined) return undefined;
    const cells = props.cellsOf(item);
    return {
      id: props.idOf(item),
      isSelected: false,
      isCurrent: false,
      label: props.labelOf(item),
      cells: (
        <div role="presentation" className={classNames(styles, 'cells', widths, props.isOver(item) && 'over')}>
          {columns.map((name, column) => (
            <span key={name} role="gridcell" className={classNames(styles, 'cell')}>
              {cells[column]}
            </span>
          ))}
        </div>
      ),
    };
  };
  return (
    <VirtualGrid
      ref={grid}
      label={props.label}
      listKey={props.listKey}
      rowCount={items.length}
      columnCount={columns.length}
      rowHeight={rowHeight}
      rowAt={rowAt}
      cursor={cursor}
      onVisible={() => undefined}
      onKeyDown={onKeyDown}
      onRowPress={open}
      endPadding={8}
      header={
        <div role="row" aria-rowindex={1} className={classNames(styles, 'cells', widths, 'header')}>
          {columns.map((name) => (
            <span key={name} role="columnheader" className={`one-line ${classNames(styles, 'cell')}`}>
              {name}
            </span>
          ))}
        </div>
      }
    />
  );
}
