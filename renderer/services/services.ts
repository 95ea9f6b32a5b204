import { createContext, useContext } from 'react';
import type { DataClient } from '../data/data-client.ts';
import type { AppInfo, DesktopApi } from '../../shared/desktop-api.ts';
import type { Locale } from './common-messages.ts';
import type { Drafts } from './drafts.ts';

/** What features are handed instead of reaching for globals. */
export interface Services {
  readonly data: DataClient;
  readonly desktop: DesktopApi;
  /** Wall time in ms. */
  readonly now: () => number;
  /** The person at the desk. */
  readonly actor: { readonly id: string; readonly name: string };
  readonly info: AppInfo;
  readonly locale: Locale;
  readonly drafts: Drafts;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null)
    throw new Error('useServices: no ServicesContext above this component; render it inside the App');
  return services;
}
