import { createContext, useContext } from 'react';
import type { UnknownAction } from '@reduxjs/toolkit';
import type { Services } from '../services/services.ts';
import type { TextValues } from '../services/text.ts';
import type { DeskState } from '../store/desk-state.ts';
import type { CommandRunner } from './command-runner.ts';

/** What a command of the registry may use. Components reach the same object by `useDeskContext`. */
export interface Desk {
  readonly services: Services;
  readonly runner: CommandRunner;
  readonly getState: () => DeskState;
  readonly dispatch: (action: UnknownAction) => void;
  readonly translate: (key: string, values?: TextValues) => string;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDeskContext(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDeskContext: no DeskContext above this component; render it inside the App');
  return desk;
}
