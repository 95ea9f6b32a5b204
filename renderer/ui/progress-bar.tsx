import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './progress-bar.module.css';

/** How far long work is. `percent` from 0 to 100. */
export function ProgressBar({ label, percent }: { readonly label: string; readonly percent: number }): ReactNode {
  return <progress max={100} value={percent} aria-label={label} className={classNames(styles, 'bar')} />;
}
