import type { ComponentType, ReactNode } from 'react';
import type { Catalogue } from '../services/common-messages.ts';
import type { FilterCondition } from '../store/lists-slice.ts';
import type { Overlay } from '../store/overlay-slice.ts';
import type { AppCommand } from './app-command.ts';

/** A place the rail leads to. */
export interface NavigationEntry {
  /** View id of the screen. */
  readonly view: string;
  /** Key of its name in the catalogue; or the name itself, for views people named. */
  readonly title: { readonly key: string } | { readonly text: string };
  readonly glyph: ReactNode;
  /** Records it leads to, counted live; absent where a count says nothing. */
  readonly where?: readonly FilterCondition[];
  readonly keys?: string;
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
  /** Its part of the rail. */
  readonly Navigation?: ComponentType<{ readonly isFolded: boolean }>;
  /** Dialogs, pickers and panels that float, by overlay id. */
  readonly overlays: Readonly<Record<string, ComponentType<{ readonly overlay: Overlay; readonly onClose: () => void }>>>;
}
