import { memo, type ReactNode } from 'react';
import type { Row } from '../../../data/data-api.ts';
import type { Presence } from '../../../data/sync-api.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { DueMark } from '../../../widgets/due-mark.tsx';
import { EditingMark } from '../../../widgets/editing-mark.tsx';
import { Moment } from '../../../widgets/moment.tsx';
import { PriorityGlyph } from '../../../widgets/priority-glyph.tsx';
import { referenceOf, rowTitle } from '../../../widgets/row-title.ts';
import { StateGlyph } from '../../../widgets/state-glyph.tsx';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { TwoLineRow } from '../../../widgets/two-line-row.tsx';
import { drawnPriority, drawnState } from '../ticket-values.ts';
import styles from './ticket-row.module.css';

export interface TicketRowProps {
  readonly row: Row;
  readonly isUnread: boolean;
  readonly isSelected: boolean;
  /** While anything is chosen every row shows its box. */
  readonly isChoosing: boolean;
  /** Others who edit it now. */
  readonly present: readonly Presence[] | undefined;
}

/** Two lines: what and when, then state, reference, who and where. */
export const TicketRow = memo(function TicketRow(props: TicketRowProps): ReactNode {
  const { row, isUnread, isSelected, isChoosing, present } = props;
  const { values, titles } = row;
  const who = [titles['caller'] ?? '', titles['site'] ?? titles['queue'] ?? ''].filter((part) => part !== '');
  const assignee = titles['assignee'];
  return (
    <TwoLineRow
      glyph={<PriorityGlyph priority={drawnPriority(values)} />}
      title={rowTitle(row)}
      marks={
        <>
          <SyncMark isPending={row.pending} isConflict={row.conflict} />
          <span className={classNames(styles, 'age')}>
            <Moment at={row.updatedAt} />
          </span>
        </>
      }
      beforeReference={<StateGlyph state={drawnState(values)} />}
      reference={referenceOf(values)}
      detail={who.join(' · ')}
      end={
        <>
          <EditingMark present={present} isShort />
          <DueMark values={values} />
          <span className={classNames(styles, 'assignee')} title={assignee}>
            <Avatar name={assignee ?? null} />
          </span>
        </>
      }
      isUnread={isUnread}
      isSelected={isSelected}
      isChoosing={isChoosing}
    />
  );
});
