import { Info, TriangleAlert, CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './banner.module.css';

const glyphs = { notice: Info, waiting: CloudOff, warning: TriangleAlert, failure: TriangleAlert } as const;

export interface BannerProps {
  readonly tone: keyof typeof glyphs;
  readonly title?: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** What is going on and what it means for the work. A failure interrupts a screen reader, the others wait their turn. */
export function Banner({ tone, title, children, actions }: BannerProps): ReactNode {
  const Glyph = glyphs[tone];
  return (
    <div role={tone === 'failure' ? 'alert' : 'status'} className={classNames(styles, 'banner', tone)}>
      <Glyph size={16} aria-hidden />
      <div className={classNames(styles, 'text')}>
        {title === undefined ? null : <strong>{title}</strong>}
        <span>{children}</span>
      </div>
      {actions === undefined ? null : <div className={classNames(styles, 'actions')}>{actions}</div>}
    </div>
  );
}
