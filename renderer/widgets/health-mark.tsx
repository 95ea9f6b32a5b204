import type { ReactNode } from 'react';
import type { HealthState } from '../../shared/domain/impact/health.ts';
import { useText } from '../services/text.ts';
import { Chip, type ChipTone } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './glyphs.module.css';

const tones: Readonly<Record<HealthState, ChipTone>> = {
  operational: 'resolved',
  warning: 'moderate',
  incident: 'critical',
};

/** A shape for each of the three colours: disc with a tick, triangle, square with a cross. */
export function HealthGlyph({ state, size = 14 }: { readonly state: HealthState; readonly size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden
      className={classNames(styles, 'glyph', tones[state])}
    >
      {shapes[state]}
    </svg>
  );
}

const shapes: Readonly<Record<HealthState, ReactNode>> = {
  operational: (
    <>
      <circle cx="8" cy="8" r="6.6" fill="currentColor" />
      <path d="m5.2 8.2 1.9 1.9 3.7-3.9" className={classNames(styles, 'cut')} />
    </>
  ),
  warning: (
    <>
      <path d="M8 1.8 14.8 14H1.2z" fill="currentColor" />
      <path d="M8 6v3.6M8 11.9v.1" className={classNames(styles, 'cut')} />
    </>
  ),
  incident: (
    <>
      <rect x="1.6" y="1.6" width="12.8" height="12.8" rx="2.5" fill="currentColor" />
      <path d="m5.4 5.4 5.2 5.2M10.6 5.4l-5.2 5.2" className={classNames(styles, 'cut')} />
    </>
  ),
};

export function HealthChip({ state }: { readonly state: HealthState }): ReactNode {
  const text = useText();
  return (
    <Chip tone={tones[state]} glyph={<HealthGlyph state={state} />}>
      {text(`health.${state}`)}
    </Chip>
  );
}
