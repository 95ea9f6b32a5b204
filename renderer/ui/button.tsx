import { Button as AriaButton, Tooltip, TooltipTrigger, type PressEvent } from 'react-aria-components';
import type { ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import styles from './button.module.css';
import tooltipStyles from './tooltip.module.css';

export type ButtonVariant = 'plain' | 'primary' | 'quiet' | 'danger';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
  /** Key that does the same, shown at the end, e.g. `C`. */
  readonly keys?: string | undefined;
  readonly type?: 'button' | 'submit';
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly label?: string;
  readonly onPress?: (event: PressEvent) => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ children, variant = 'plain', icon, keys, label, ...rest }: ButtonProps): ReactNode {
  return (
    <AriaButton
      {...rest}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={classNames(styles, 'button', variant)}
    >
      {icon}
      <span className={classNames(styles, 'label')}>{children}</span>
      {keys === undefined ? null : <Kbd keys={keys} tone={variant === 'primary' ? 'inverse' : 'plain'} />}
    </AriaButton>
  );
}

export interface IconButtonProps {
  /** Name for screen readers and the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly variant?: ButtonVariant;
  readonly keys?: string | undefined;
  readonly isDisabled?: boolean;
  readonly size?: 'control' | 'small';
  readonly onPress?: (event: PressEvent) => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  label,
  icon,
  variant = 'quiet',
  keys,
  size = 'control',
  ...rest
}: IconButtonProps): ReactNode {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classNames(styles, 'button', 'square', variant, size === 'small' && 'small')}
      >
        {icon}
      </AriaButton>
      <Tooltip offset={6} className={classNames(tooltipStyles, 'tooltip')}>
        {label}
        {keys === undefined ? null : <Kbd keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}
