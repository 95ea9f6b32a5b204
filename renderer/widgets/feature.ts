import type { ComponentType } from 'react';
import type { RecordView } from '../data/data-api.ts';
import type { Catalogue } from '../services/common-messages.ts';
import type { Overlay } from '../store/overlay-slice.ts';
import type { EntityKind } from '../../shared/domain/entities.ts';
import type { AppCommand } from './app-command.ts';
import type { Desk } from './desk.ts';

/** A record as it was found. */
export interface NamedRecord {
  readonly id: string;
  readonly title: string;
}

/**
 * The card of one capability: everything the frame needs to know of it. A feature exports one of these from its
 * `feature.ts`; `app/features.ts` lists them. The frame renders `Screen` for its screen and `overlays` by id.
 */
export interface Feature {
  /** Also the name of its screen. */
  readonly id: string;
  readonly messages: Catalogue;
  readonly commands: readonly AppCommand[];
  /** What fills the sheet; absent for features that only bring overlays. */
  readonly Screen?: ComponentType;
  /** Its part of the rail; at the foot it stays in sight however long the rest is. */
  readonly Navigation?: ComponentType<{ readonly isFolded: boolean }>;
  readonly navigationAt?: 'foot';
  /** What it adds to the side of an open ticket; shows nothing where it has nothing to say. */
  readonly TicketPanel?: ComponentType<{ readonly record: RecordView }>;
  /** How records of a kind are shown, for whoever finds one: search, links. */
  readonly opens?: Readonly<Partial<Record<EntityKind, (desk: Desk, record: NamedRecord) => void>>>;
  /** Dialogs, pickers and panels that float, by overlay id. */
  readonly overlays: Readonly<
    Record<string, ComponentType<{ readonly overlay: Overlay; readonly onClose: () => void }>>
  >;
}
