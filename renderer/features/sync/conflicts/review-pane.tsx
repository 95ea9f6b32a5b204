import { ArrowLeft, SquareArrowOutUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useSyncText } from '../sync-text.ts';
import type { ReviewedRecord } from './field-review.ts';
import { RecordReview } from './record-review.tsx';
import { pressInReview } from './review-keys.ts';
import styles from './review-pane.module.css';

export interface ReviewPaneProps {
  readonly record: ReviewedRecord;
  readonly onLeave: (direction: 1 | -1) => void;
  /** In a narrow window the list is a page back. */
  readonly onBack?: () => void;
}

/** The record under review, beside the list. */
export function ReviewPane({ record, onLeave, onBack }: ReviewPaneProps): ReactNode {
  const text = useSyncText();
  const dispatch = useDeskDispatch();
  const open = (): void => void dispatch(navigationSlice.actions.openedTicket(record.id));
  return (
    <div data-pane="record" tabIndex={-1} className={classNames(styles, 'pane')}>
      <header className={classNames(styles, 'header')}>
        {onBack === undefined ? null : (
          <IconButton label={text('conflicts.back')} keys="Escape" icon={<ArrowLeft size={16} />} onPress={onBack} />
        )}
        <div className={classNames(styles, 'name')}>
          <bdi className="mono">{record.reference}</bdi>
          <h2 dir="auto">{record.title}</h2>
        </div>
        <div className={classNames(styles, 'actions')}>
          <Button keys="Mod+Enter" onPress={() => pressInReview('Enter', true)}>
            {text('conflicts.keep-record')}
          </Button>
          {record.entity === 'ticket' ? (
            <IconButton
              label={text('conflicts.open')}
              keys="o"
              icon={<SquareArrowOutUpRight size={15} />}
              onPress={open}
            />
          ) : null}
        </div>
      </header>
      <RecordReview record={record} onLeave={onLeave} {...(record.entity === 'ticket' ? { onOpen: open } : {})} />
    </div>
  );
}
