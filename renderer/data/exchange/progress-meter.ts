import type { JobControl } from './ports.ts';

/** Reports progress with rate and time left, from the start of the job on. */
export function progressMeter(control: JobControl, total: number): (done: number, rows: number) => void {
  const started = control.now();
  return (done, rows) => {
    const seconds = (control.now() - started) / 1000;
    control.progress({
      done,
      total,
      rows,
      rowsPerSecond: seconds > 0 ? rows / seconds : 0,
      secondsLeft: seconds > 0.5 && done > 0 ? Math.max(0, (seconds * (total - done)) / done) : null,
    });
  };
}
