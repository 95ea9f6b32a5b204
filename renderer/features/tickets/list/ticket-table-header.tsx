import { ArrowDown, ArrowUp } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import type { SortKey } from '../../../store/lists-slice.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import type { TicketColumn } from '../ticket-columns.ts';
import { useTicketText } from '../ticket-text.ts';
import styles from './ticket-table.module.css';

export interface TicketTableHeaderProps {
  readonly columns: readonly TicketColumn[];
  readonly sort: readonly SortKey[];
  /** `adds` when Shift was held: sort within the fields already sorted by. */
  readonly onSort: (field: string, adds: boolean) => void;
  readonly selected: 'none' | 'some' | 'all';
  readonly onSelectAll: (isSelected: boolean) => void;
}

export function TicketTableHeader({ columns, sort, onSort, selected, onSelectAll }: TicketTableHeaderProps): ReactNode {
  const text = useTicketText();
  return (
    <div role="row" aria-rowindex={1} className={classNames(styles, 'cells', 'header')}>
      <span role="columnheader" className={classNames(styles, 'cell', 'box')}>
        <Checkbox
          label={text('list.select-all')}
          labelHidden
          excludeFromTabOrder
          isSelected={selected === 'all'}
          isSome={selected === 'some'}
          onChange={() => onSelectAll(selected === 'none')}
        />
      </span>
      {columns.map(({ field }) => {
        const place = sort.findIndex((key) => key.field === field);
        const direction = sort[place]?.direction;
        return (
          <span key={field} role="columnheader" aria-sort={direction ?? 'none'} className={classNames(styles, 'cell')}>
            {/* The grid is one tab stop; sorting by keyboard is in the sort menu above it. */}
            <button
              type="button"
              tabIndex={-1}
              title={text('table.sort-hint')}
              onClick={(event: MouseEvent) => onSort(field, event.shiftKey)}
              className={classNames(styles, 'sort', direction !== undefined && 'sorted')}
            >
              <span className="one-line">{fieldText(text, 'ticket', field)}</span>
              {direction === 'ascending' ? <ArrowUp size={12} aria-hidden /> : null}
              {direction === 'descending' ? <ArrowDown size={12} aria-hidden /> : null}
              {direction !== undefined && sort.length > 1 ? <span>{place + 1}</span> : null}
            </button>
          </span>
        );
      })}
      <span role="columnheader" className={classNames(styles, 'cell')}>
        <span className="visually-hidden">{text('table.sync')}</span>
      </span>
    </div>
  );
}
