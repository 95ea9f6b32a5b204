import type {
  DesktopAnswer,
  DesktopCall,
  DesktopFailure,
  DesktopInput,
  DesktopOutputs,
} from '../../shared/desktop-api.ts';

/** The shell as the worker reaches it: through whichever page is alive. */
export interface DesktopPort {
  readonly ask: <Name extends DesktopCall>(name: Name, input: DesktopInput<Name>) => Promise<DesktopAnswer<Name>>;
}

/** A call the shell refused or could not do. */
export class DesktopError extends Error {
  readonly failure: DesktopFailure;
  constructor(call: string, failure: DesktopFailure) {
    super(`${call}: ${failure.kind}: ${failure.message}`);
    this.failure = failure;
  }
}

/** As `ask`, with failures thrown. */
export async function askDesktop<Name extends DesktopCall>(
  port: DesktopPort,
  name: Name,
  input: DesktopInput<Name>,
): Promise<DesktopOutputs[Name]> {
  const answer = await port.ask(name, input);
  if (!answer.ok) throw new DesktopError(name, answer.failure);
  return answer.value;
}
