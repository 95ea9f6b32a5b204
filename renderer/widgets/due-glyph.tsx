import type { ReactNode } from 'react';
import type { TargetStage } from '../../shared/domain/service-level/target-stage.ts';
import type { ChipTone } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './glyphs.module.css';

export const stageTones: Readonly<Record<TargetStage, ChipTone>> = {
  breached: 'critical',
  'due-soon': 'moderate',
  'on-track': 'planning',
  paused: 'hold',
  missed: 'high',
  met: 'resolved',
  canceled: 'closed',
  idle: 'closed',
};

/** A shape for each stage of a target, so that colour is never alone; the word is beside it. */
export function DueGlyph({ stage, size = 14 }: { readonly stage: TargetStage; readonly size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      className={classNames(styles, 'glyph', stageTones[stage])}
    >
      {shapes[stage]}
    </svg>
  );
}

const ring = <circle cx="8" cy="8" r="6" />;

const shapes: Readonly<Record<TargetStage, ReactNode>> = {
  breached: (
    <>
      <path d="M8 1.8 14.8 14H1.2z" fill="currentColor" />
      <path d="M8 6v3.6M8 11.9v.1" className={classNames(styles, 'cut')} />
    </>
  ),
  'due-soon': (
    <>
      {ring}
      <path d="M8 8V2a6 6 0 1 1-6 6z" fill="currentColor" stroke="none" />
    </>
  ),
  'on-track': (
    <>
      {ring}
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  paused: (
    <>
      {ring}
      <path d="M6.4 5.8v4.4M9.6 5.8v4.4" />
    </>
  ),
  missed: (
    <>
      {ring}
      <path d="m5.9 5.9 4.2 4.2M10.1 5.9l-4.2 4.2" />
    </>
  ),
  met: (
    <>
      {ring}
      <path d="m5.4 8.2 1.8 1.8 3.4-3.7" />
    </>
  ),
  canceled: (
    <>
      {ring}
      <path d="M4 12 12 4" />
    </>
  ),
  idle: <circle cx="8" cy="8" r="6" strokeDasharray="2.4 1.9" />,
};
