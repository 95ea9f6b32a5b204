/**
 * Runs work in the next task of the event loop. `setTimeout(run, 0)` waits a millisecond or, once nested, four: as long
 * as everything else between a change and the screen.
 */
export function createScheduler(): (run: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const due: (() => void)[] = [];
  port1.onmessage = () => {
    due.shift()?.();
  };
  return (run) => {
    due.push(run);
    port2.postMessage(null);
  };
}
