import { FileInput, Keyboard, Settings, Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk } from '../store/desk-state.ts';
import { classNames } from '../ui/class-names.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import type { AppCommand } from '../widgets/app-command.ts';
import { useDeskContext } from '../widgets/desk.ts';
import { RailEntry } from '../widgets/rail-entry.tsx';
import { useAppText } from './app-text.ts';
import { features } from './features.ts';
import styles from './rail.module.css';

const foot = [
  { command: 'import.open', Glyph: FileInput },
  { command: 'service-levels.open', Glyph: Timer },
  { command: 'help.shortcuts', Glyph: Keyboard },
  { command: 'settings.open', Glyph: Settings },
] as const;

/** Where to go: what the features bring, then what concerns the whole desk. Narrow windows show shapes only. */
export function Rail({ commands }: { readonly commands: readonly AppCommand[] }): ReactNode {
  const text = useAppText();
  const desk = useDeskContext();
  const isNarrow = useMediaQuery('(max-width: 1099px)');
  const isFolded = useDesk((state) => state.layout.isRailFolded) || isNarrow;
  return (
    <nav aria-label={text('app.rail')} data-pane="rail" className={classNames(styles, 'rail', isFolded && 'folded')}>
      <div className={classNames(styles, 'sections')}>
        {features.map(({ id, Navigation, navigationAt }) =>
          Navigation && navigationAt === undefined ? <Navigation key={id} isFolded={isFolded} /> : null,
        )}
      </div>
      {features.map(({ id, Navigation, navigationAt }) =>
        Navigation && navigationAt === 'foot' ? <Navigation key={id} isFolded={isFolded} /> : null,
      )}
      <ul className={classNames(styles, 'foot')}>
        {foot.map(({ command: id, Glyph }) => {
          const command = commands.find((each) => each.id === id);
          if (command === undefined) return null;
          const name = desk.translate(command.title);
          return (
            <li key={id}>
              <RailEntry
                name={name}
                glyph={<Glyph size={16} strokeWidth={1.75} aria-hidden />}
                isFolded={isFolded}
                onPress={() => command.run(desk)}
              />
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
