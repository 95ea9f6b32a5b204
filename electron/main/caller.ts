import type { OwnAddresses } from './own-address.ts';

/** What is known of the frame that calls; null when it is gone already. */
export interface CallingFrame {
  readonly url: string;
  /** The frame that holds it; null for a main frame. */
  readonly parent: unknown;
}

/** Who called. */
export interface Caller {
  readonly frame: CallingFrame | null;
  /** True when the web content belongs to a window we made. */
  readonly inOwnWindow: boolean;
  /** True when the frame is the main frame of its web content. */
  readonly isMainFrame: boolean;
}

/** Point 17 of Electron's list. There is no exemption, not even for an empty or blank address. */
export function mayCall({ frame, inOwnWindow, isMainFrame }: Caller, own: OwnAddresses): boolean {
  return frame !== null && inOwnWindow && isMainFrame && frame.parent === null && own.isEntry(frame.url);
}
