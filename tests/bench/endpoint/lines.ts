import type { FaultProxy } from '../../helpers/endpoint/fault-proxy.ts';

/** A network as the proxy plays it: every request waits once for the round trip, bodies share the line, each way. */
export interface Line {
  readonly name: string;
  readonly roundTripMs: number;
  readonly bytesPerSecond: number;
}

export const lines: readonly Line[] = [
  { name: 'LAN (1 ms, 100 Mbit/s)', roundTripMs: 1, bytesPerSecond: 100_000_000 / 8 },
  { name: '4G (60 ms, 10 Mbit/s)', roundTripMs: 60, bytesPerSecond: 10_000_000 / 8 },
  { name: 'bad (300 ms, 30 kbit/s)', roundTripMs: 300, bytesPerSecond: 30_000 / 8 },
];

export const straight: Line = { name: 'straight', roundTripMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY };

export function layLine(proxy: FaultProxy, { roundTripMs, bytesPerSecond }: Line): void {
  proxy.delayMs = roundTripMs;
  proxy.bytesPerSecond = bytesPerSecond;
  proxy.choose = () => (roundTripMs === 0 ? 'none' : 'delay');
}
