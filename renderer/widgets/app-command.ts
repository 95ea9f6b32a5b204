import type { Desk } from './desk.ts';

/**
 * One thing a person can do. The registry of these feeds the palette, the menu, key handling, tooltips and the
 * shortcut sheet. Ids are stable: the application menu names them too.
 */
export interface AppCommand {
  readonly id: string;
  /** Key of its name in the catalogue. */
  readonly title: string;
  readonly group: CommandGroup;
  /**
   * Chords such as `Mod+Shift+z`, sequences such as `g w`. `Mod` is Ctrl, on a Mac Command. Single characters never
   * act while a person types.
   */
  readonly keys: readonly string[];
  /** The only screen it acts on. There its keys come before those of commands that act everywhere. */
  readonly screen?: string;
  /** Whether it makes sense now; else it is neither offered nor run. */
  readonly when?: (desk: Desk) => boolean;
  readonly run: (desk: Desk) => void;
  /** Moves such as "next row" are no entries of the palette. */
  readonly isHidden?: true;
  /** Acts while typing in a field too; only for chords with a modifier and function keys. */
  readonly whileTyping?: true;
}

export const commandGroups = ['create', 'ticket', 'list', 'sync', 'go', 'desk', 'help'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Whether a command can be run where the person is now. */
export function isAvailable(command: AppCommand, desk: Desk): boolean {
  const { screen } = desk.getState().navigation.place;
  return (command.screen === undefined || command.screen === screen) && (command.when?.(desk) ?? true);
}
