import { useId, type ReactNode } from 'react';
import type { TargetView } from '../../data/service-levels/target-view.ts';
import { classNames } from '../../ui/class-names.ts';
import { useServiceLevelText } from './service-level-text.ts';
import styles from './segment-bar.module.css';

const width = 1_000;
const kinds = ['open', 'paused', 'resolved', 'holiday', 'outside-hours'] as const;

/** The time of a target to scale. Each kind has its height and pattern besides its colour; the table says it in words. */
export function SegmentBar({ target, end }: { readonly target: TargetView; readonly end: number }): ReactNode {
  const text = useServiceLevelText();
  const pattern = useId();
  const { segments, startedAt, dueAt } = target;
  const last = Math.max(end, dueAt ?? 0, startedAt + 1);
  const x = (at: number): number => ((at - startedAt) / (last - startedAt)) * width;
  const shown = kinds.filter((kind) => segments.some((segment) => segment.kind === kind));
  return (
    <figure className={classNames(styles, 'figure')}>
      <svg viewBox={`0 0 ${width} 30`} preserveAspectRatio="none" aria-hidden className={classNames(styles, 'bar')}>
        <defs>
          <pattern id={pattern} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className={classNames(styles, 'pausedGround')} />
            <rect width="2.5" height="6" className={classNames(styles, 'paused')} />
          </pattern>
        </defs>
        <rect x="0" y="13" width={width} height="4" className={classNames(styles, 'rail')} />
        {segments.map(({ from, to, kind, isOverdue }) => (
          <rect
            key={from}
            x={x(from)}
            y={kind === 'open' ? 3 : kind === 'outside-hours' ? 12 : 7}
            width={Math.max(0.5, x(to) - x(from))}
            height={kind === 'open' ? 24 : kind === 'outside-hours' ? 6 : 16}
            {...(kind === 'paused' || kind === 'resolved' ? { fill: `url(#${pattern})` } : {})}
            className={classNames(styles, kind === 'open' ? (isOverdue ? 'overdue' : 'open') : quietName(kind))}
          />
        ))}
        {dueAt === null ? null : (
          <rect
            x={Math.min(width - 3, x(dueAt) - 1.5)}
            y="0"
            width="3"
            height="30"
            className={classNames(styles, 'due')}
          />
        )}
      </svg>
      <figcaption className={classNames(styles, 'legend')}>
        {shown.map((kind) => (
          <span key={kind} className={classNames(styles, 'entry')}>
            <span aria-hidden className={classNames(styles, 'swatch', `swatch-${kind}`)} />
            {text(`segment.${kind}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Name in the style sheet of a stretch in which the target does not run; one with the pattern as its fill has none. */
function quietName(kind: string): false | 'holiday' | 'closed' {
  return kind === 'holiday' ? 'holiday' : kind === 'outside-hours' ? 'closed' : false;
}
