import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { FieldConflict } from '../../../data/sync-api.ts';
import { useDesk } from '../../../store/desk-state.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useSyncText } from '../sync-text.ts';
import { FieldCard } from './field-card.tsx';
import { conflictKey, reviewField, valueByDigit, type ReviewedRecord } from './field-review.ts';
import { readReviewKey } from './review-keys.ts';
import { keepShown, settleField } from './settle.ts';
import styles from './record-review.module.css';

export interface RecordReviewProps {
  readonly record: ReviewedRecord;
  /** Past the last field, or before the first: to the next record, or the one before. */
  readonly onLeave: (direction: 1 | -1) => void;
  /** Opens the record itself; absent where it is open already. */
  readonly onOpen?: () => void;
  /** In a dialog, where the commands of the desk are silent, the review hears the keys itself. */
  readonly hearsKeys?: true;
}

/**
 * Every field of a record that needs a choice. A choice takes effect at once: the field goes while it is being saved,
 * and comes back if that was refused, or when it is undone.
 */
export function RecordReview({ record, onLeave, onOpen, hearsKeys }: RecordReviewProps): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  const hasSingleKeys = useDesk((state) => state.appearance.singleKeys);
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const [editing, setEditing] = useState<string | null>(null);
  const keys = useRef<HTMLDivElement>(null);
  const open = record.fields.filter((conflict) => !settled.has(conflictKey(record.id, conflict)));
  const active = Math.min(at, Math.max(0, open.length - 1));
  const current = open[active];

  // The keys work from the first moment, and after a choice took the button away that had the focus.
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) keys.current?.focus({ preventScroll: true });
  });
  // A dialog would take the focus itself, and the keys with it.
  useEffect(() => {
    if (hearsKeys === true) keys.current?.focus({ preventScroll: true });
  }, [hearsKeys]);

  const keepOut = (conflicts: readonly FieldConflict[], isOut: boolean): void => {
    setSettled((before) => {
      const after = new Set(before);
      for (const conflict of conflicts) after[isOut ? 'add' : 'delete'](conflictKey(record.id, conflict));
      return after;
    });
  };
  const take = async (conflict: FieldConflict, value: FieldValue): Promise<void> => {
    keepOut([conflict], true);
    setEditing(null);
    if (!(await settleField(desk, record, conflict, value))) keepOut([conflict], false);
  };
  const takeAllShown = async (): Promise<void> => {
    if (open.length === 0) return;
    keepOut(open, true);
    if (!(await keepShown(desk, { ...record, fields: open }))) keepOut(open, false);
  };
  const step = (direction: 1 | -1): void => {
    const next = active + direction;
    setEditing(null);
    if (next >= 0 && next < open.length) setAt(next);
    else {
      setAt(0);
      onLeave(direction);
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // Commands press the keys here, and only after the sequences (`g o`) had their turn.
    if (hearsKeys !== true && event.isTrusted) return;
    const key = readReviewKey(event, event.target, hasSingleKeys);
    if (key === null || current === undefined) return;
    const review = reviewField(record.entity, current);
    const { merged, maxLength } = review;
    const fits = merged !== null && (maxLength === null || merged.text.length <= maxLength);
    const value = key.kind === 'take' ? valueByDigit(review, key.digit) : undefined;
    event.preventDefault();
    event.stopPropagation();
    if (value !== undefined) void take(current, value);
    else if (key.kind === 'step') step(key.direction);
    else if (key.kind === 'both' && fits) void take(current, merged.text);
    else if (key.kind === 'edit' && maxLength !== null) setEditing(current.field);
    else if (key.kind === 'open') onOpen?.();
    else if (key.kind === 'keep-shown') void takeAllShown();
  };

  return (
    <section aria-label={text('conflicts.review')}>
      <div
        ref={keys}
        data-review=""
        tabIndex={-1}
        className={classNames(styles, 'review')}
        onKeyDownCapture={onKeyDown}
      >
        {open.length === 0 ? <p role="status">{text('conflicts.settled')}</p> : null}
        {open.map((conflict, index) => (
          <FieldCard
            key={conflictKey(record.id, conflict)}
            entity={record.entity}
            review={reviewField(record.entity, conflict)}
            isActive={index === active}
            isEditing={editing === conflict.field}
            onActivate={() => setAt(index)}
            onEdit={(isEditing) => setEditing(isEditing ? conflict.field : null)}
            onTake={(value) => void take(conflict, value)}
          />
        ))}
      </div>
    </section>
  );
}
