import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { X } from 'lucide-react';
import { classNames } from './class-names.ts';
import styles from './chip.module.css';

export type ChipTone =
  | 'plain'
  | 'new'
  | 'progress'
  | 'hold'
  | 'resolved'
  | 'closed'
  | 'critical'
  | 'high'
  | 'moderate'
  | 'low'
  | 'planning'
  | 'conflict'
  | 'pending';

/** A soft label: a shape and a word. Its tone never carries the meaning alone. */
export function Chip({
  tone = 'plain',
  glyph,
  children,
}: {
  readonly tone?: ChipTone;
  readonly glyph?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={classNames(styles, 'chip', tone)}>
      {glyph}
      <span className={classNames(styles, 'text')}>{children}</span>
    </span>
  );
}

export interface ChipButtonProps {
  readonly tone?: ChipTone;
  readonly glyph?: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly onPress?: () => void;
}

/** A chip that opens something: the state of a ticket, a filter. */
export function ChipButton({ tone = 'plain', glyph, label, children, onPress }: ChipButtonProps): ReactNode {
  return (
    <AriaButton
      aria-label={label}
      {...(onPress === undefined ? {} : { onPress })}
      className={classNames(styles, 'chip', 'pressable', tone)}
    >
      {glyph}
      <span className={classNames(styles, 'text')}>{children}</span>
    </AriaButton>
  );
}

export interface FilterChipProps extends ChipButtonProps {
  readonly removeLabel: string;
  readonly onRemove: () => void;
}

/** One condition of a filter: press to change it, the cross takes it away. */
export function FilterChip({ removeLabel, onRemove, glyph, label, children, onPress }: FilterChipProps): ReactNode {
  return (
    <span className={classNames(styles, 'filter')}>
      <AriaButton
        aria-label={label}
        {...(onPress === undefined ? {} : { onPress })}
        className={classNames(styles, 'filterBody')}
      >
        {glyph}
        <span className={classNames(styles, 'text')}>{children}</span>
      </AriaButton>
      <AriaButton aria-label={removeLabel} onPress={onRemove} className={classNames(styles, 'remove')}>
        <X size={12} aria-hidden />
      </AriaButton>
    </span>
  );
}
