import { createContext, useContext, type ComponentType } from 'react';
import type { RecordView } from '../data/data-api.ts';

/** A piece that another feature adds to the side of an open ticket. */
export interface TicketPanel {
  /** Of the feature. */
  readonly id: string;
  readonly Panel: ComponentType<{ readonly record: RecordView }>;
}

/** Filled by the app from the cards of the features: no feature knows another. */
export const TicketPanelsContext = createContext<readonly TicketPanel[]>([]);

export function useTicketPanels(): readonly TicketPanel[] {
  return useContext(TicketPanelsContext);
}
