import { useSyncExternalStore } from 'react';
import { useDeskContext, type Desk } from '../../widgets/desk.ts';
import { ImportSession, type ImportState } from './import-session.ts';

const sessions = new WeakMap<Desk['services'], ImportSession>();

/** The one import of this window. */
export function importSessionOf({ services }: Pick<Desk, 'services'>): ImportSession {
  const known = sessions.get(services);
  if (known) return known;
  const { data, desktop, info } = services;
  const session = new ImportSession({ data, desktop, zone: info.timeZone });
  sessions.set(services, session);
  return session;
}

export function useImport(): { readonly session: ImportSession; readonly state: ImportState } {
  const session = importSessionOf(useDeskContext());
  return { session, state: useSyncExternalStore(session.subscribe, session.getState) };
}
