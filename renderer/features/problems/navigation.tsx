import { BookOpenCheck, Bug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { RailEntry, RailList } from '../../widgets/rail-entry.tsx';
import { problemCommands } from './commands.ts';
import { problemsScreen, readView } from './problem-lists.ts';
import { useProblemText } from './problem-text.ts';

const entries = [
  { command: 'problems.open', isKnownErrors: false, key: 'problems.title', Glyph: Bug },
  { command: 'known-errors.open', isKnownErrors: true, key: 'known-errors.title', Glyph: BookOpenCheck },
] as const;

/** Problems and known errors in the rail. */
export function ProblemNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useProblemText();
  const desk = useDeskContext();
  const { screen, view } = useDesk((state) => state.navigation.place);
  return (
    <RailList>
      {entries.map(({ command, isKnownErrors, key, Glyph }) => (
        <li key={command}>
          <RailEntry
            name={text(key)}
            glyph={<Glyph size={16} strokeWidth={1.75} aria-hidden />}
            isFolded={isFolded}
            isHere={screen === problemsScreen && (readView(view) === 'known-errors') === isKnownErrors}
            onPress={() => problemCommands.find(({ id }) => id === command)?.run(desk)}
          />
        </li>
      ))}
    </RailList>
  );
}
