import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { SyncState } from '../../../data/sync-api.ts';
import { useServices } from '../../../services/services.ts';
import { useNow } from '../../../services/use-now.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { setPaused } from '../sync-actions.ts';
import { useSyncText } from '../sync-text.ts';
import { paceOf, type Pace } from './pace.ts';
import styles from './overview.module.css';

/** A long exchange under way: how much, how fast, how long still, and a way to stop it for now. */
export function ExchangeProgress({ progress }: { readonly progress: NonNullable<SyncState['progress']> }): ReactNode {
  const text = useSyncText();
  const intl = useIntl();
  const desk = useDeskContext();
  const { now } = useServices();
  const { direction, done, total, unit, isFirst } = progress;
  const at = useNow(now);
  const [pace, setPace] = useState<Pace>(() => paceOf(null, { direction, done, total, at }));
  if (pace.reached.done !== done || pace.reached.direction !== direction)
    setPace(paceOf(pace, { direction, done, total, at }));
  const percent = total === 0 ? 0 : Math.min(100, Math.floor((100 * done) / total));
  const { secondsLeft, perSecond } = pace;
  const facts = [
    text(`progress.count-${unit}`, { done, total }),
    perSecond < 1 ? '' : text('progress.rate', { rate: Math.round(perSecond) }),
    secondsLeft === null
      ? ''
      : secondsLeft < 90
        ? text('progress.left', { seconds: Math.max(1, Math.round(secondsLeft)) })
        : text('progress.left-minutes', { minutes: Math.round(secondsLeft / 60) }),
  ].filter((fact) => fact !== '');
  return (
    <div className={classNames(styles, 'progress')}>
      <ProgressBar label={text('progress.label')} percent={percent} />
      <p className={classNames(styles, 'facts')}>
        <strong>
          {text(`progress.${direction}`)} {intl.formatNumber(percent / 100, { style: 'percent' })}
        </strong>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <p className={classNames(styles, 'quiet')}>{text(isFirst ? 'progress.first' : 'progress.usable')}</p>
      <div>
        <Button onPress={() => void setPaused(desk, true)}>{text('progress.stop')}</Button>
      </div>
    </div>
  );
}
