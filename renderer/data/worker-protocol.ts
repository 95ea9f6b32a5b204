import type { DesktopAnswer, DesktopCall, DesktopEvents, DesktopInput } from '../../shared/desktop-api.ts';
import type { DataCalls, WatchQuery, WatchResults } from './data-api.ts';

/** What crosses the port between a page and the data worker. Everything survives structured cloning. */

type CallMessage = {
  readonly [Name in keyof DataCalls]: {
    readonly kind: 'call';
    readonly id: number;
    readonly name: Name;
    readonly input: DataCalls[Name]['input'];
  };
}[keyof DataCalls];

export type DesktopCallMessage = {
  readonly [Name in DesktopCall]: {
    readonly kind: 'desktop-call';
    readonly id: number;
    readonly name: Name;
    readonly input: DesktopInput<Name>;
  };
}[DesktopCall];

/** Events of the shell that only the worker can act on: the page passes them on. */
export const forwardedEvents = [
  'endpointHead',
  'endpointStream',
  'endpointPresence',
  'networkChanged',
  'systemResumed',
] as const;

export type DesktopEventMessage = {
  readonly [Name in (typeof forwardedEvents)[number]]: {
    readonly kind: 'desktop-event';
    readonly name: Name;
    readonly payload: DesktopEvents[Name];
  };
}[(typeof forwardedEvents)[number]];

export type FromPage =
  /** First message of a page. It holds the Web Lock of this name for as long as it lives. */
  | { readonly kind: 'hello'; readonly lock: string }
  | CallMessage
  | { readonly kind: 'watch'; readonly id: number; readonly query: WatchQuery }
  | { readonly kind: 'unwatch'; readonly id: number }
  | { readonly kind: 'desktop-answer'; readonly id: number; readonly answer: DesktopAnswer<DesktopCall> }
  | DesktopEventMessage
  | { readonly kind: 'storage-changed'; readonly state: DesktopEvents['storageChanged'] };

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'broken'; readonly id: number; readonly message: string }
  | { readonly kind: 'result'; readonly id: number; readonly result: WatchResults[WatchQuery['type']] }
  /** The worker asks the shell through the page: only pages have the bridge. */
  | DesktopCallMessage;
