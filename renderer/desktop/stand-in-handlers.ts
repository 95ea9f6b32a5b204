import type { DesktopCall, DesktopFailure, DesktopInput, DesktopOutputs } from '../../shared/desktop-api.ts';

export type Handlers = { readonly [Name in DesktopCall]: (input: DesktopInput<Name>) => Promise<DesktopOutputs[Name]> };

/** A failure with its kind, to be thrown inside a handler. */
export class StandInFailure extends Error {
  readonly kind: DesktopFailure['kind'];
  constructor(kind: DesktopFailure['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
