import { useSyncExternalStore } from 'react';
import type { DataClient } from '../../data/data-client.ts';
import { useServices } from '../../services/services.ts';
import { Directory, type DirectoryState } from './directory.ts';

/** One for each desk, so that a dialog sees what the screen has asked for. */
const directories = new WeakMap<DataClient, Directory>();

export function useDirectory(): { readonly directory: Directory; readonly state: DirectoryState } {
  const { data, now } = useServices();
  const directory = directories.get(data) ?? new Directory(data, now);
  directories.set(data, directory);
  return { directory, state: useSyncExternalStore(directory.subscribe, directory.state) };
}
