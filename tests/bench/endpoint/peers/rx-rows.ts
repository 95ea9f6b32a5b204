import type { CommentRow, TicketRow } from '../../data/tickets.ts';

/** A row with the instant it was last changed (ms), by which it is pulled. */
export type RxRow = (TicketRow | CommentRow) & RxCheckpoint;

export interface RxCheckpoint {
  readonly at: number;
  readonly id: string;
}

export interface RxPushed {
  readonly newDocumentState: RxRow;
  readonly assumedMasterState?: RxRow;
}
