import { CalendarRange, GitPullRequestArrow, Presentation, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk } from '../../store/desk-state.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { RailEntry, RailList } from '../../widgets/rail-entry.tsx';
import { changesScreen, readView } from './change-list.ts';
import { useChangeText } from './change-text.ts';
import { changeCommands } from './commands.ts';

const entries = [
  { command: 'changes.open', views: ['open', 'all'], key: 'changes.title', Glyph: GitPullRequestArrow },
  { command: 'changes.calendar', views: ['calendar'], key: 'calendar.title', Glyph: CalendarRange },
  { command: 'changes.cab', views: ['cab'], key: 'cab.title', Glyph: Presentation },
] as const;

/** Changes in the rail. CNF-1: whoever owns a change hears here when another one, come with an exchange, collides. */
export function ChangeNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useChangeText();
  const desk = useDeskContext();
  const { actor } = useServices();
  const { screen, view } = useDesk((state) => state.navigation.place);
  const { result } = useWatch({ type: 'change-conflicts', owner: actor.id });
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (result === undefined) return;
    const before = known.current;
    const now = result.flatMap(({ id, conflicts }) => conflicts.map(({ kind, other }) => `${id} ${kind} ${other}`));
    known.current = new Set(now);
    // What was there at the start is told by the mark; a toast is for what came meanwhile.
    const [first] = before === null ? [] : now.filter((each) => !before.has(each));
    const change = result.find(({ id }) => first?.startsWith(id));
    if (change !== undefined)
      desk.runner.tell(
        desk.translate('conflict.news', { reference: change.reference, title: change.title }),
        'refused',
      );
  }, [result, desk]);
  const count = result?.length ?? 0;
  return (
    <RailList>
      {entries.map(({ command, views, key, Glyph }) => (
        <li key={command}>
          <RailEntry
            name={text(key)}
            {...(command === 'changes.calendar' && count > 0 ? { title: text('conflict.own', { count }) } : {})}
            glyph={<Glyph size={16} strokeWidth={1.75} aria-hidden />}
            isFolded={isFolded}
            isHere={screen === changesScreen && views.some((each) => each === readView(view))}
            onPress={() => changeCommands.find(({ id }) => id === command)?.run(desk)}
          >
            {command === 'changes.calendar' && count > 0 ? (
              <>
                <TriangleAlert size={13} aria-hidden />
                <span className="visually-hidden">{text('conflict.own', { count })}</span>
              </>
            ) : null}
          </RailEntry>
        </li>
      ))}
    </RailList>
  );
}
