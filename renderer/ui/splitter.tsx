import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './splitter.module.css';

export interface SplitterProps {
  readonly label: string;
  /** Width in px of the pane before the splitter. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Where a double click or Enter returns to. */
  readonly usual: number;
  readonly onChange: (value: number) => void;
}

const keyStep = 16;

/** The line between two panes: dragged, or moved by arrow keys (WCAG 2.5.7: nothing by dragging alone). */
export function Splitter({ label, value, min, max, usual, onChange }: SplitterProps): ReactNode {
  const start = useRef<{ readonly x: number; readonly value: number } | null>(null);
  const move = (wanted: number): void => onChange(Math.round(Math.min(max, Math.max(min, wanted))));
  const towardEnd = (target: Element): 1 | -1 => (getComputedStyle(target).direction === 'rtl' ? -1 : 1);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const sign = towardEnd(event.currentTarget);
    const target = {
      ArrowLeft: value - sign * keyStep,
      ArrowRight: value + sign * keyStep,
      Home: min,
      End: max,
      Enter: usual,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    move(target);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, value };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (start.current === null) return;
    move(start.current.value + towardEnd(event.currentTarget) * (event.clientX - start.current.x));
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classNames(styles, 'splitter')}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        start.current = null;
      }}
      onDoubleClick={() => move(usual)}
    />
  );
}
