import { useCallback, useState, type KeyboardEvent } from 'react';
import type { ConflictView, ScheduledChange } from '../../../data/changes/changes-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useChangeText } from '../change-text.ts';

export interface MovedChange {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

export interface MoveChange {
  /** Where a change is being held now; null while none is moved. */
  readonly moved: MovedChange | null;
  /** What stands against that place; undefined until it is known. */
  readonly verdict: readonly ConflictView[] | undefined;
  readonly moveTo: (change: ScheduledChange, from: number) => void;
  readonly drop: () => Promise<void>;
  readonly giveUp: () => void;
  /** Alt and arrows move by a quarter of an hour or a day, Enter drops, Esc gives up. */
  readonly onKeyDown: (change: ScheduledChange, event: KeyboardEvent) => void;
}

const quarter = 15 * 60_000;

/** Another day at the same time of day, also over a change of the clock. */
function addDays(at: number, days: number): number {
  const date = new Date(at);
  date.setDate(date.getDate() + days);
  return date.getTime();
}

/** Moves a planned change by pointer or keys; the checks run live while it is held, and nothing is written before. */
export function useMoveChange(): MoveChange {
  const text = useChangeText();
  const { runner } = useDeskContext();
  const [moved, setMoved] = useState<MovedChange | null>(null);
  const { result, isStale } = useWatch(moved === null ? null : { type: 'change-slot', ...moved });

  const moveTo = useCallback((change: ScheduledChange, from: number) => {
    const start = Math.round(from / quarter) * quarter;
    setMoved({ id: change.id, from: start, to: start + change.to - change.from });
  }, []);
  const giveUp = useCallback(() => setMoved(null), []);
  const drop = async (): Promise<void> => {
    if (moved === null) return;
    const fields = { plannedStart: moved.from, plannedEnd: moved.to };
    await runner.run('change.edit', { id: moved.id, fields }, { done: text('done.change-moved') });
    setMoved(null);
  };
  const onKeyDown = (change: ScheduledChange, event: KeyboardEvent): void => {
    const at = moved?.id === change.id ? moved.from : change.from;
    const targets: Readonly<Record<string, number>> = {
      ArrowUp: at - quarter,
      ArrowDown: at + quarter,
      ArrowLeft: addDays(at, -1),
      ArrowRight: addDays(at, 1),
    };
    const to = event.altKey ? targets[event.key] : undefined;
    if (to !== undefined) moveTo(change, to);
    else if (moved !== null && event.key === 'Enter') void drop();
    else if (moved !== null && event.key === 'Escape') giveUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { moved, verdict: isStale ? undefined : result, moveTo, drop, giveUp, onKeyDown };
}
