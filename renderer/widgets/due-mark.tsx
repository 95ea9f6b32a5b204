import type { ReactNode } from 'react';
import { useServices } from '../services/services.ts';
import { useText } from '../services/text.ts';
import { useNow } from '../services/use-now.ts';
import { Chip, ChipButton } from '../ui/chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { DueGlyph, stageTones } from './due-glyph.tsx';
import { dueLabel, dueText, shownDue } from './due-text.ts';
import { useTimeText } from './moment.tsx';
import styles from './due-mark.module.css';

interface DueProps {
  readonly values: Readonly<Record<string, unknown>>;
}

/** The next target of a ticket where there is room for a chip; nothing when it has none. */
export function DueChip({ values, onPress }: DueProps & { readonly onPress?: () => void }): ReactNode {
  const text = useText();
  const { now: clock } = useServices();
  const now = useNow(clock);
  const { full } = useTimeText();
  const shown = shownDue(values);
  if (shown === null) return null;
  const label = dueLabel(text, shown, now, full);
  const glyph = <DueGlyph stage={shown.stage} />;
  const tone = stageTones[shown.stage];
  const words = dueText(text, shown, now);
  return onPress === undefined ? (
    <span title={label} className={classNames(styles, 'cell')}>
      <Chip tone={tone} glyph={glyph}>
        {words}
      </Chip>
    </span>
  ) : (
    <ChipButton tone={tone} glyph={glyph} label={`${label}. ${text('due.explain')}`} onPress={onPress}>
      {words}
    </ChipButton>
  );
}

/** The same in a line of a list: loud only when it is time. */
export function DueMark({ values }: DueProps): ReactNode {
  const text = useText();
  const { now: clock } = useServices();
  const now = useNow(clock);
  const { full } = useTimeText();
  const shown = shownDue(values);
  if (shown === null || shown.stage === 'met' || shown.stage === 'canceled' || shown.stage === 'idle') return null;
  return (
    <span title={dueLabel(text, shown, now, full)} className={classNames(styles, 'mark', stageTones[shown.stage])}>
      <DueGlyph stage={shown.stage} size={13} />
      {dueText(text, shown, now)}
    </span>
  );
}
