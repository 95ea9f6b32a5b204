import { makeTicket, ticketId } from '../data/tickets.ts';
import type { ReconnectTimes } from './measure-reconnect.ts';

/** What a new desk took until it held all there is, and what its changes took to get back. */
export interface ContenderTimes {
  readonly name: string;
  readonly records: number;
  readonly ms: number;
  /** Of processor in the process of the desk; the proxy is in it, for all. */
  readonly cpuMs: number;
  /** Of bodies, both ways. */
  readonly bytes: number;
  readonly requests: number;
  readonly reconnect: readonly ReconnectTimes[];
}

/** How much of the generated data everybody replicates. */
export interface ContenderSize {
  readonly tickets: number;
  /** Ids of the tickets that are edited while a desk is away. */
  readonly edited: readonly string[];
}

const open: ReadonlySet<string> = new Set(['new', 'in-progress', 'on-hold']);

/** So many open tickets, or as many as there are: what is finished takes no edits. */
export function sizeOf(tickets: number, changes: number): ContenderSize {
  const edited: string[] = [];
  for (let number = 0; number < tickets && edited.length < changes; number += 1)
    if (open.has(makeTicket(number).state)) edited.push(ticketId(number));
  return { tickets, edited };
}

export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
