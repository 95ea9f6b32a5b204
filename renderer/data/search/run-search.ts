import type { Space } from '../engine/space.ts';

/** The start is over by then (ms). */
const searchAfterMs = 1_200;

export interface SearchRun {
  readonly wait: (ms: number) => Promise<void>;
  /** The index took in what had waited: it is to be saved at the next rest. */
  readonly worked: () => void;
  readonly log: (error: unknown) => void;
}

/** Not waited for, and not before the first lists are on screen: until then columns are searched. */
export async function startSearch(space: Space, { wait, worked, log }: SearchRun): Promise<void> {
  const { search, lists, watches } = space.state;
  try {
    await wait(searchAfterMs);
    await search.start({
      pause: () => wait(0),
      caughtUp: () => {
        lists.searchChanged();
        watches.refresh((query) => query.type === 'search' || (query.type === 'list' && query.search !== ''));
        worked();
      },
      log,
    });
  } catch (error) {
    log(error);
  }
}

/** Saves the index at a rest, while all that was applied is durable. */
export async function saveSearch(space: Space): Promise<void> {
  if (space.queue.idle) await space.state.search.save();
}
