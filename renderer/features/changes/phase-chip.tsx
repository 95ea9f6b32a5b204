import { CalendarCheck, CircleCheck, CircleDashed, CircleX, Hammer, ScanSearch, Stamp, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { changeStates, type ChangeState } from '../../../shared/domain/change-request/change-words.ts';
import { Chip, type ChipTone } from '../../ui/chip.tsx';
import { choiceText } from '../../widgets/choice-text.ts';
import { useChangeText } from './change-text.ts';

const looks: Readonly<Record<ChangeState, readonly [tone: ChipTone, Glyph: typeof Stamp]>> = {
  new: ['new', CircleDashed],
  assess: ['moderate', UsersRound],
  authorize: ['moderate', Stamp],
  scheduled: ['pending', CalendarCheck],
  implement: ['progress', Hammer],
  review: ['hold', ScanSearch],
  closed: ['closed', CircleCheck],
  canceled: ['closed', CircleX],
};

export function readPhase(value: unknown): ChangeState {
  return changeStates.find((each) => each === value) ?? 'new';
}

export function PhaseGlyph({ phase, size = 14 }: { readonly phase: ChangeState; readonly size?: number }): ReactNode {
  const [, Glyph] = looks[phase];
  return <Glyph size={size} strokeWidth={1.75} aria-hidden />;
}

export function PhaseChip({ phase }: { readonly phase: ChangeState }): ReactNode {
  const text = useChangeText();
  return (
    <Chip tone={looks[phase][0]} glyph={<PhaseGlyph phase={phase} />}>
      {choiceText(text, 'phase', phase)}
    </Chip>
  );
}
