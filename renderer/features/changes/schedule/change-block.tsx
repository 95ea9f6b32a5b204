import { TriangleAlert } from 'lucide-react';
import { useRef, type CSSProperties, type PointerEvent, type ReactNode } from 'react';
import type { ScheduledChange } from '../../../data/changes/changes-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { classNames } from '../../../ui/class-names.ts';
import { choiceText } from '../../../widgets/choice-text.ts';
import { useTimeText } from '../../../widgets/moment.tsx';
import { changesScreen } from '../change-list.ts';
import { useChangeText } from '../change-text.ts';
import { PhaseGlyph } from '../phase-chip.tsx';
import type { MoveChange } from './use-move-change.ts';
import styles from './schedule-screen.module.css';

export interface ChangeBlockProps {
  readonly change: ScheduledChange;
  readonly move: MoveChange;
  readonly style?: CSSProperties;
  /** How far in time (ms) the pointer has gone; absent where changes are moved by keys only. */
  readonly timeOf?: (dx: number, dy: number) => number;
}

const movable: ReadonlySet<string> = new Set(['new', 'assess', 'authorize', 'scheduled']);
/** px until a press becomes a drag. */
const dragFrom = 4;

/** A planned change in the calendar: press opens it, drag or Alt and arrows move it. */
export function ChangeBlock({ change, move, style, timeOf }: ChangeBlockProps): ReactNode {
  const text = useChangeText();
  const { exact } = useTimeText();
  const dispatch = useDeskDispatch();
  const began = useRef<{ readonly x: number; readonly y: number; isDrag: boolean } | null>(null);
  const isHeld = move.moved?.id === change.id;
  const isMovable = movable.has(change.phase);
  const at = isHeld && move.moved !== null ? move.moved : change;
  const label = [
    change.reference,
    change.title,
    choiceText(text, 'phase', change.phase),
    `${exact(at.from)} – ${exact(at.to)}`,
    change.conflicts.length > 0 ? text('conflict.count', { count: change.conflicts.length }) : '',
  ];
  const onPointerMove = (event: PointerEvent<HTMLButtonElement>): void => {
    const start = began.current;
    if (start === null || timeOf === undefined || !isMovable) return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    if (!start.isDrag && Math.hypot(dx, dy) < dragFrom) return;
    start.isDrag = true;
    move.moveTo(change, change.from + timeOf(dx, dy));
  };
  const end = (): boolean => {
    const wasDrag = began.current?.isDrag === true;
    began.current = null;
    return wasDrag;
  };
  return (
    <button
      type="button"
      title={label.filter((part) => part !== '').join('\n')}
      aria-label={label.filter((part) => part !== '').join(', ')}
      className={classNames(styles, 'block', isHeld && 'held', change.conflicts.length > 0 && 'conflicting')}
      {...(style === undefined ? {} : { style })}
      onKeyDown={(event) => {
        if (isMovable) move.onKeyDown(change, event);
      }}
      onPointerDown={(event) => {
        began.current = { x: event.clientX, y: event.clientY, isDrag: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      onPointerCancel={() => {
        if (end()) move.giveUp();
      }}
      onPointerUp={() => {
        if (end()) void move.drop();
        else dispatch(navigationSlice.actions.wentTo({ screen: changesScreen, view: 'all', record: change.id }));
      }}
      onClick={(event) => {
        // By Enter or a screen reader: the pointer has its own way.
        if (event.detail === 0 && !isHeld)
          dispatch(navigationSlice.actions.wentTo({ screen: changesScreen, view: 'all', record: change.id }));
      }}
    >
      {change.conflicts.length > 0 ? (
        <TriangleAlert size={12} aria-hidden />
      ) : (
        <PhaseGlyph phase={change.phase} size={12} />
      )}
      <bdi className="one-line">{change.title}</bdi>
    </button>
  );
}
