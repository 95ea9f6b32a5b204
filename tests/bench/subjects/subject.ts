/** How a contender is asked to do the same as the others. One is opened in its own process with its own profile. */
export interface Subject {
  /** Writes the whole data set into an empty store; the time counts from rows in memory to everything stored. */
  readonly load: (request: LoadRequest) => Promise<LoadResult>;
  /** Opens a loaded store. */
  readonly open: () => Promise<void>;
  /** The 50 tickets of a queue in progress that changed last, newest first. Returns how many came. */
  readonly page: (queue: number) => Promise<number>;
  /** Closed tickets of a queue. */
  readonly count: (queue: number) => Promise<number>;
  /** Tickets by state and priority: the numbers of a dashboard. Returns their sum. */
  readonly group: () => Promise<number>;
  /** One ticket with its comments. */
  readonly record: (ticket: number) => Promise<void>;
  /** One user action: the ticket goes on hold or back to work, with a comment, and the action is logged. */
  readonly save: (ticket: number) => Promise<void>;
  /** Hears of every later state of the page of a queue, once the first has come. */
  readonly watch?: (queue: number, heard: () => void) => Promise<() => void>;
  /** Changes a ticket that is on the watched page of a queue. */
  readonly touch?: (queue: number, turn: number) => Promise<void>;
  /** Times of the reads without the way to the page, by name. */
  readonly readsInWorker?: (count: number) => Promise<unknown>;
  /** Times of what a save waits for, by name. */
  readonly saveParts?: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface LoadRequest {
  readonly tickets: number;
  /** Call when the rows are made and the clock may start, and when all is stored. */
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

export interface LoadResult {
  readonly records: number;
  readonly ms: number;
  /** Where the time went, in ms, if the contender can tell. */
  readonly parts?: Readonly<Record<string, number>>;
}

export const pageSize = 50;
export const loadBatch = 2_000;
