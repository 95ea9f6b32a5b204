import { Checkbox as AriaCheckbox } from 'react-aria-components';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './checkbox.module.css';

export interface CheckboxProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly isSelected: boolean;
  /** Some but not all of what it stands for. */
  readonly isSome?: boolean;
  readonly onChange: (isSelected: boolean) => void;
  /** Inside a grid the row is the tab stop and the box is reached by its key. */
  readonly excludeFromTabOrder?: boolean;
}

export function Checkbox({
  label,
  labelHidden,
  isSelected,
  isSome = false,
  onChange,
  excludeFromTabOrder = false,
}: CheckboxProps): ReactNode {
  return (
    <AriaCheckbox
      isSelected={isSelected}
      isIndeterminate={isSome}
      onChange={onChange}
      excludeFromTabOrder={excludeFromTabOrder}
      {...(labelHidden === true ? { 'aria-label': label } : {})}
      className={classNames(styles, 'checkbox')}
    >
      <CheckMark isSelected={isSelected} isSome={isSome} />
      {labelHidden === true ? null : label}
    </AriaCheckbox>
  );
}

/** The box alone, where the control is something else (a row). */
export function CheckMark({
  isSelected,
  isSome = false,
}: {
  readonly isSelected: boolean;
  readonly isSome?: boolean;
}): ReactNode {
  return (
    <span aria-hidden className={classNames(styles, 'box', (isSelected || isSome) && 'on')}>
      {isSome ? <Minus size={12} strokeWidth={3} /> : isSelected ? <Check size={12} strokeWidth={3} /> : null}
    </span>
  );
}
