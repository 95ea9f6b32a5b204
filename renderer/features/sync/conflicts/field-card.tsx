import { useEffect, useRef, type ReactNode } from 'react';
import type { MergedText } from '../../../../shared/sync/merge-text.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { ConflictHead } from '../../../data/sync-api.ts';
import { useServices } from '../../../services/services.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useTimeText } from '../../../widgets/moment.tsx';
import { valueText } from '../../../widgets/value-text.ts';
import { useSyncText } from '../sync-text.ts';
import { DiffText } from './diff-text.tsx';
import type { FieldReview } from './field-review.ts';
import { MergeEditor } from './merge-editor.tsx';
import { ValueCard } from './value-card.tsx';
import styles from './field-card.module.css';

export interface FieldCardProps {
  readonly entity: string;
  readonly review: FieldReview;
  /** The one the keys act on. */
  readonly isActive: boolean;
  readonly isEditing: boolean;
  readonly onActivate: () => void;
  readonly onEdit: (isEditing: boolean) => void;
  readonly onTake: (value: FieldValue) => void;
}

/** One field to choose for: what it was, what each made of it, and both together where that can be. */
export function FieldCard(props: FieldCardProps): ReactNode {
  const { entity, review, isActive, isEditing, onActivate, onEdit, onTake } = props;
  const { field, heads, base, merged, maxLength, isDeletion } = review;
  const text = useSyncText();
  const { full } = useTimeText();
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const name = fieldText(text, entity, field.split('/', 1)[0] ?? field);
  const words = (value: FieldValue, title?: string): string => {
    if (isDeletion) return text(value === null ? 'conflict.edited-value' : 'conflict.deleted-value');
    return valueText(text, { entity, field, value, title }, full);
  };
  const before = base === null ? null : words(base, review.baseTitle);
  const editing = (
    <Button variant="quiet" keys="e" onPress={() => onEdit(true)}>
      {text('conflict.edit')}
    </Button>
  );
  return (
    <div
      ref={card}
      role="group"
      aria-label={name}
      aria-current={isActive ? 'true' : undefined}
      className={classNames(styles, 'field', isActive && 'active')}
      onFocusCapture={onActivate}
      onPointerDown={onActivate}
    >
      <h3 className={classNames(styles, 'name')}>{name}</h3>
      {isDeletion ? <p className={classNames(styles, 'hint')}>{text('conflict.deleted-hint')}</p> : null}
      <div className={classNames(styles, 'values', merged !== null && 'long')}>
        {isDeletion ? null : (
          <ValueCard
            tone="before"
            who={text('conflict.before')}
            {...(before === null
              ? {}
              : {
                  take: {
                    label: text('conflict.go-back-label', { field: name }),
                    name: text('conflict.go-back'),
                    keys: '0',
                    onPress: () => onTake(base),
                  },
                })}
          >
            {before ?? <span className={classNames(styles, 'unknown')}>{text('conflict.before-unknown')}</span>}
          </ValueCard>
        )}
        {heads.map((head, index) => (
          <HeadCard
            key={head.dot}
            head={head}
            number={index + 1}
            name={name}
            words={words(head.value, head.title)}
            compared={maxLength === null ? null : before}
            {...(isDeletion && head.value !== null ? {} : { onTake })}
            takeName={text(isDeletion ? 'conflict.keep-it' : 'conflict.keep')}
            more={merged === null && maxLength !== null && index === 0 ? editing : null}
          />
        ))}
        {merged === null || isEditing ? null : (
          <MergedCard
            name={name}
            merged={merged}
            before={before}
            maxLength={maxLength}
            onTake={onTake}
            more={editing}
          />
        )}
        {isEditing && maxLength !== null ? (
          <MergeEditor
            name={name}
            start={merged?.text ?? words(heads[0]?.value ?? '')}
            maxLength={maxLength}
            isMultiline={merged !== null}
            onKeep={onTake}
            onCancel={() => onEdit(false)}
          />
        ) : null}
      </div>
    </div>
  );
}

interface MergedCardProps {
  readonly name: string;
  readonly merged: MergedText;
  readonly before: string | null;
  readonly maxLength: number | null;
  readonly onTake: (value: FieldValue) => void;
  readonly more: ReactNode;
}

/** The proposal that keeps what both wrote. */
function MergedCard({ name, merged, before, maxLength, onTake, more }: MergedCardProps): ReactNode {
  const text = useSyncText();
  const isTooLong = maxLength !== null && merged.text.length > maxLength;
  const detail = isTooLong
    ? text('conflict.merged-long', { count: merged.text.length, max: maxLength })
    : merged.overlaps === 0
      ? text('conflict.merged-clean')
      : text('conflict.merged-overlaps', { count: merged.overlaps });
  const take = {
    label: `${text('conflict.keep-both')}: ${name}`,
    name: text('conflict.keep-both'),
    keys: 'b',
    isDisabled: isTooLong,
    onPress: () => onTake(merged.text),
  };
  return (
    <ValueCard tone="merged" who={text('conflict.merged')} detail={detail} take={take} more={more}>
      <DiffText before={before} after={merged.text} />
    </ValueCard>
  );
}

interface HeadCardProps {
  readonly head: ConflictHead;
  readonly number: number;
  readonly name: string;
  readonly words: string;
  /** The text its words are compared with; null for values that are no texts. */
  readonly compared: string | null;
  readonly takeName: string;
  readonly onTake?: (value: FieldValue) => void;
  readonly more: ReactNode;
}

function HeadCard({ head, number, name, words, compared, takeName, onTake, more }: HeadCardProps): ReactNode {
  const text = useSyncText();
  const { actor } = useServices();
  const { full, exact } = useTimeText();
  const who = head.own
    ? text('conflict.you')
    : head.user === actor.id
      ? text('conflict.you-elsewhere')
      : head.userName || text('conflict.somebody');
  return (
    <ValueCard
      tone="head"
      who={who}
      detail={
        <>
          <time dateTime={new Date(head.at).toISOString()} title={full(head.at)}>
            {exact(head.at)}
          </time>
          {' · '}
          <span title={text('conflict.device', { device: head.device })} className={head.own ? '' : 'mono'}>
            {head.own ? text('conflict.this-device') : head.device.slice(0, 4)}
          </span>
        </>
      }
      note={head.shown ? text('conflict.shown') : undefined}
      {...(onTake === undefined
        ? {}
        : {
            take: {
              label: text('conflict.keep-label', { number, field: name, value: words }),
              name: takeName,
              keys: String(number),
              onPress: () => onTake(head.value),
            },
          })}
      more={more}
    >
      <DiffText before={compared} after={words} />
    </ValueCard>
  );
}
