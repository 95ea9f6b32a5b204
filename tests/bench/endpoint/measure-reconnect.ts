import type { FaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { layLine, lines, straight } from './lines.ts';

export interface ReconnectTimes {
  readonly line: string;
  readonly ms: number;
  /** Of bodies, both ways. */
  readonly bytes: number;
  readonly requests: number;
}

/** A desk of any make behind a proxy: changes things while it is away, then comes back. */
export interface ReconnectingDesk {
  readonly proxy: FaultProxy;
  /** Goes away and gives all it edits this title. */
  readonly editAway: (title: string) => Promise<void>;
  /** Comes back; resolves when both sides hold the same. */
  readonly comeBack: () => Promise<void>;
}

/** From the moment the desk is back until its changes are there, on each line. */
export async function measureReconnect(desk: ReconnectingDesk, edits: number): Promise<readonly ReconnectTimes[]> {
  const { proxy } = desk;
  const times: ReconnectTimes[] = [];
  if (edits === 0) return times;
  for (const [turn, line] of lines.entries()) {
    layLine(proxy, straight);
    await desk.editAway(`Edited away, time ${turn}`);
    layLine(proxy, line);
    const before = { up: proxy.passed.up, down: proxy.passed.down, requests: proxy.seen.length };
    const began = performance.now();
    await desk.comeBack();
    times.push({
      line: line.name,
      ms: performance.now() - began,
      bytes: proxy.passed.up + proxy.passed.down - before.up - before.down,
      requests: proxy.seen.length - before.requests,
    });
  }
  return times;
}
