import { Ban, Wrench } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { ScheduleView } from '../../../data/changes/changes-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useChangeText } from '../change-text.ts';
import styles from './schedule-screen.module.css';

/** A blackout, hatched, or a maintenance window, tinted; a glyph and its name say which. */
export function WindowMark({
  window,
  style,
}: {
  readonly window: ScheduleView['windows'][number];
  readonly style?: CSSProperties;
}): ReactNode {
  const text = useChangeText();
  const Glyph = window.kind === 'blackout' ? Ban : Wrench;
  return (
    <div className={classNames(styles, 'window', window.kind)} {...(style === undefined ? {} : { style })}>
      <span className={classNames(styles, 'windowName')}>
        <Glyph size={12} aria-hidden />
        <span className="visually-hidden">{text(`entity.${window.kind}`)}</span>
        <bdi className="one-line">{window.name}</bdi>
      </span>
    </div>
  );
}
