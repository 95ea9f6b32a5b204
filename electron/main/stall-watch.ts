/**
 * Ends a run that nobody watches when it no longer moves: a headless page that asks the shell for nothing for so long
 * waits for something that will not come, and whoever started it would wait for ever.
 */
export interface StallWatch {
  /** A call of the page came in, by its name. */
  readonly noteCall: (name: string) => void;
  readonly stop: () => void;
}

/**
 * @param limitMs silence that counts as a stall
 * @param giveUp called once, with the reason in words that follow "Holdfast ends: "
 */
export function watchForStall(limitMs: number, giveUp: (reason: string) => void): StallWatch {
  let last: string | null = null;
  const speak = (): void =>
    giveUp(
      `the page has asked for nothing for ${Math.round(limitMs / 1_000)} s; ` +
        (last === null ? 'it never asked for anything' : `the last it asked for was ${last}`),
    );
  const timer = setTimeout(speak, limitMs);
  return {
    noteCall: (name) => {
      last = name;
      timer.refresh();
    },
    stop: () => clearTimeout(timer),
  };
}
