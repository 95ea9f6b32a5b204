import { useId, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { TargetView } from '../../data/service-levels/target-view.ts';
import { useServices } from '../../services/services.ts';
import { Chip } from '../../ui/chip.tsx';
import { classNames } from '../../ui/class-names.ts';
import { choiceText } from '../../widgets/choice-text.ts';
import { DueGlyph, stageTones } from '../../widgets/due-glyph.tsx';
import { exactSpanText } from '../../widgets/due-text.ts';
import { SegmentBar } from './segment-bar.tsx';
import { SegmentTable } from './segment-table.tsx';
import { useServiceLevelText } from './service-level-text.ts';
import styles from './targets-dialog.module.css';

/** One target: where it stands, a bar of its time, and the table that names every stretch. */
export function TargetCard({ target, now }: { readonly target: TargetView; readonly now: number }): ReactNode {
  const text = useServiceLevelText();
  const intl = useIntl();
  const heading = useId();
  const { info } = useServices();
  const { level, stage } = target;
  const when = (at: number): string =>
    intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short', timeZone: info.timeZone });
  const span = (ms: number): string => exactSpanText(text, ms);
  const isIdle = target.status === 'idle';
  return (
    <section aria-labelledby={heading} className={classNames(styles, 'target')}>
      <header className={classNames(styles, 'head')}>
        <h3 id={heading} className={classNames(styles, 'name')}>
          {choiceText(text, 'target', level.target)}
          <bdi className={classNames(styles, 'level')}>
            {choiceText(text, 'kind', level.kind)} · {level.name}
          </bdi>
        </h3>
        <Chip tone={stageTones[stage]} glyph={<DueGlyph stage={stage} />}>
          {choiceText(text, 'dueStage', stage)}
        </Chip>
      </header>
      {isIdle ? (
        <p className={classNames(styles, 'hint')}>{text('targets.idle')}</p>
      ) : (
        <>
          <dl className={classNames(styles, 'facts')}>
            <Fact
              name={text('targets.due')}
              value={target.dueAt === null ? text('targets.due-unknown') : when(target.dueAt)}
            />
            <Fact
              name={text('targets.elapsed')}
              value={text('targets.elapsed-of', { elapsed: span(target.elapsedMs), budget: span(target.budgetMs) })}
            />
            <Fact
              name={text(target.remainingMs < 0 ? 'targets.overdue-by' : 'targets.remaining')}
              value={span(target.remainingMs)}
            />
            <Fact name={text('targets.actual')} value={span(target.actualMs)} />
            <Fact name={text('targets.started')} value={when(target.startedAt)} />
            {target.endedAt === null ? null : <Fact name={text('targets.ended')} value={when(target.endedAt)} />}
            <Fact
              name={text('targets.calendar')}
              value={text('targets.calendar-zone', { name: target.calendar.name, zone: target.calendar.zone })}
            />
          </dl>
          {target.isRetroactive ? <p className={classNames(styles, 'hint')}>{text('targets.retroactive')}</p> : null}
          {target.missedBefore === 0 ? null : (
            <p className={classNames(styles, 'hint')}>
              {text('targets.missed-before', { count: target.missedBefore })}
            </p>
          )}
          <SegmentBar target={target} end={target.endedAt ?? now} />
          <Steps target={target} when={when} />
          <SegmentTable target={target} />
        </>
      )}
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div className={classNames(styles, 'fact')}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Steps({ target, when }: { readonly target: TargetView; readonly when: (at: number) => string }): ReactNode {
  const text = useServiceLevelText();
  return (
    <ul aria-label={text('targets.steps')} className={classNames(styles, 'steps')}>
      {target.steps.map(({ name, at, isSkipped }) => (
        <li key={name}>
          <strong>{name}</strong>{' '}
          {isSkipped ? text('targets.step-skipped') : at === null ? text('targets.step-unknown') : when(at)}
        </li>
      ))}
    </ul>
  );
}
