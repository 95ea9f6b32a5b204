import type { ReactNode } from 'react';
import type { Row } from '../../../data/data-api.ts';
import type { Presence } from '../../../data/sync-api.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { CheckMark } from '../../../ui/checkbox.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { choiceText } from '../../../widgets/choice-text.ts';
import { DueChip } from '../../../widgets/due-mark.tsx';
import { EditingMark } from '../../../widgets/editing-mark.tsx';
import { Moment } from '../../../widgets/moment.tsx';
import { PriorityGlyph } from '../../../widgets/priority-glyph.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { StateGlyph, stateTones } from '../../../widgets/state-glyph.tsx';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import type { TicketColumn } from '../ticket-columns.ts';
import { useTicketText } from '../ticket-text.ts';
import { drawnPriority, drawnState } from '../ticket-values.ts';
import styles from './ticket-table.module.css';

export interface TicketCellsProps {
  readonly row: Row;
  readonly columns: readonly TicketColumn[];
  readonly isSelected: boolean;
  readonly isUnread: boolean;
  /** Others who edit it now. */
  readonly present: readonly Presence[] | undefined;
}

/** One row of the table: the box, the columns, the sync mark. */
export function TicketCells({ row, columns, isSelected, isUnread, present }: TicketCellsProps): ReactNode {
  return (
    <div role="presentation" className={classNames(styles, 'cells', isUnread && 'unread')}>
      <span role="gridcell" data-select className={classNames(styles, 'cell', 'box')}>
        <CheckMark isSelected={isSelected} />
      </span>
      {columns.map(({ field }) => (
        <span key={field} role="gridcell" className={classNames(styles, 'cell', field === 'title' && 'title')}>
          <CellValue row={row} field={field} />
        </span>
      ))}
      <span role="gridcell" className={classNames(styles, 'cell')}>
        <SyncMark isPending={row.pending} isConflict={row.conflict} />
        <EditingMark present={present} isShort />
      </span>
    </div>
  );
}

function CellValue({ row, field }: { readonly row: Row; readonly field: string }): ReactNode {
  const text = useTicketText();
  const { values, titles } = row;
  switch (field) {
    case 'priority': {
      const priority = drawnPriority(values);
      return (
        <>
          <PriorityGlyph priority={priority} />
          <span className="one-line">{choiceText(text, 'priority', priority).slice(3)}</span>
        </>
      );
    }
    case 'state':
      return (
        <Chip tone={stateTones[drawnState(values)]} glyph={<StateGlyph state={drawnState(values)} />}>
          {choiceText(text, 'state', textValue(values, 'state') || 'new')}
        </Chip>
      );
    case 'reference':
      return <bdi className={classNames(styles, 'reference')}>{referenceOf(values)}</bdi>;
    case 'title':
      return <bdi className="one-line">{rowTitle(row)}</bdi>;
    case 'assignee': {
      const name = titles['assignee'];
      if (name === undefined) return <span className={classNames(styles, 'nobody')}>{text('value.nobody')}</span>;
      return (
        <>
          <Avatar name={name} />
          <bdi className="one-line">{name}</bdi>
        </>
      );
    }
    case 'due':
      return <DueChip values={values} />;
    case 'type':
    case 'channel':
      return choiceText(text, field, textValue(values, field));
    case 'openedAt':
    case 'resolvedAt': {
      const at = values[field];
      return typeof at === 'number' ? <Moment at={at} /> : null;
    }
    case '$updatedAt':
      return <Moment at={row.updatedAt} />;
    default:
      return <bdi className="one-line">{titles[field] ?? textValue(values, field)}</bdi>;
  }
}
