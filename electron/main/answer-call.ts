import { type z } from 'zod';
import {
  desktopInputs,
  type DesktopAnswer,
  type DesktopCall,
  type DesktopFailure,
  type DesktopOutputs,
} from '../../shared/desktop-api.ts';
import { mayCall, type Caller } from './caller.ts';
import { isDiskFull, toDesktopFailure } from './desktop-error.ts';
import { describeError, type Log } from './log.ts';
import type { OwnAddresses } from './own-address.ts';

/** One handler for each call of the contract, given input its schema has passed. */
export type DesktopHandlers = {
  readonly [Name in DesktopCall]: (input: z.output<(typeof desktopInputs)[Name]>) => Promise<DesktopOutputs[Name]>;
};

export interface CallSetting {
  readonly handlers: DesktopHandlers;
  readonly own: OwnAddresses;
  readonly log: Log;
  /** Told of every call of the page, before it is answered. */
  readonly heard?: (call: DesktopCall) => void;
  /** Told whenever a call failed for want of space. */
  readonly diskFull: () => void;
}

/**
 * Answers one call: who asks, what is asked, then the work. Never rejects: every failure is a value with its kind.
 * What the page sent is not quoted, neither in the answer nor in the log.
 */
export async function answerCall<Name extends DesktopCall>(
  setting: CallSetting,
  name: Name,
  caller: Caller,
  input: unknown,
): Promise<DesktopAnswer<Name>> {
  const { handlers, own, log, diskFull } = setting;
  try {
    if (!mayCall(caller, own))
      return refuse({ kind: 'refused-sender', message: `${name}: only the page of the program may call` });
    setting.heard?.(name);
    const parsed = desktopInputs[name].safeParse(input);
    if (!parsed.success) return refuse({ kind: 'bad-input', message: describeIssues(name, parsed.error) });
    const handle: (input: never) => Promise<DesktopOutputs[Name]> = handlers[name];
    return { ok: true, value: await handle(parsed.data as never) };
  } catch (error) {
    if (isDiskFull(error)) diskFull();
    const failure = toDesktopFailure(error, name);
    log({ level: failure.kind === 'internal' ? 'error' : 'warning', where: name, message: describeError(error) });
    return { ok: false, failure };
  }

  function refuse(failure: DesktopFailure): DesktopAnswer<Name> {
    log({ level: 'warning', where: name, message: failure.message });
    return { ok: false, failure };
  }
}

function describeIssues(name: string, error: z.ZodError): string {
  const issues = error.issues.slice(0, 3).map(({ path, code }) => `${path.map(String).join('.') || 'input'} (${code})`);
  return `${name}: the input is not what the contract says: ${issues.join(', ')}`.slice(0, 500);
}
