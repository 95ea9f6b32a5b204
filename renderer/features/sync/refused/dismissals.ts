import type { Dot } from '../../../../shared/sync/operation.ts';
import type { Desk } from '../../../widgets/desk.ts';

/** How long (ms) a dismissed change can be brought back. */
const undoMs = 10_000;

/**
 * Refused changes the person put away a moment ago. They are let go only when the time to bring them back is over, so
 * that undo has nothing to restore: a window that closes before keeps them.
 */
export class Dismissals {
  readonly #letGo: (dot: Dot) => void;
  readonly #heard = new Set<() => void>();
  readonly #timers = new Map<Dot, ReturnType<typeof setTimeout>>();
  #state: readonly Dot[] = [];

  constructor(letGo: (dot: Dot) => void) {
    this.#letGo = letGo;
  }

  /** Oldest first. */
  readonly getState = (): readonly Dot[] => this.#state;

  readonly subscribe = (heard: () => void): (() => void) => {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  };

  get hasUndo(): boolean {
    return this.#state.length > 0;
  }

  dismiss(dot: Dot): void {
    if (this.#timers.has(dot)) return;
    const end = (): void => {
      this.#letGo(dot);
      this.#forget(dot);
    };
    this.#timers.set(dot, setTimeout(end, undoMs));
    this.#set([...this.#state, dot]);
  }

  /** Brings one back, or the one dismissed last. */
  undo(dot: Dot | undefined = this.#state.at(-1)): void {
    if (dot !== undefined) this.#forget(dot);
  }

  #forget(dot: Dot): void {
    clearTimeout(this.#timers.get(dot));
    this.#timers.delete(dot);
    this.#set(this.#state.filter((each) => each !== dot));
  }

  #set(state: readonly Dot[]): void {
    this.#state = state;
    for (const heard of this.#heard) heard();
  }
}

const known = new WeakMap<Desk['services'], Dismissals>();

export function dismissalsOf({ services }: Pick<Desk, 'services'>): Dismissals {
  const found = known.get(services);
  if (found) return found;
  const made = new Dismissals((dot) => void services.data.call('dismissRefused', { dot }));
  known.set(services, made);
  return made;
}
