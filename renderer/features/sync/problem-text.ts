import type { SyncState } from '../../data/sync-api.ts';
import type { EndpointFailure } from '../../../shared/desktop-endpoint.ts';
import type { Problem } from '../../../shared/sync/protocol.ts';
import { hostOf } from './sync-actions.ts';
import { isSyncKey, type SyncText } from './sync-text.ts';

export interface ProblemText {
  readonly title: string;
  /** What it means for the work, and what to do. */
  readonly advice: string;
}

/** A problem of the exchange in plain words: by its code where that says more than its kind. */
export function problemText(
  text: SyncText,
  { kind, code }: Pick<NonNullable<SyncState['problem']>, 'code'> & { readonly kind: string },
  url: string,
): ProblemText {
  const name = [`problem.${code ?? ''}`, `problem.${kind}`].find(isSyncKey) ?? 'problem.problem';
  const advice = `${name}.do`;
  return { title: text(name), advice: text(isSyncKey(advice) ? advice : 'problem.problem.do', { host: hostOf(url) }) };
}

/** Codes that say the same while connecting as later. */
const saidByProblem: ReadonlySet<string> = new Set(['busy', 'internal', 'device-revoked', 'versions-do-not-meet']);

/** Why connecting failed, with what to do about what was typed. */
export function enrolFailureText(text: SyncText, failure: EndpointFailure, url: string): ProblemText {
  const { kind, problem } = failure;
  const told = problemText(text, { kind, code: problem?.code ?? null }, url);
  if (kind === 'captive-portal')
    return { title: told.title, advice: `${text('connect.not-endpoint', { host: hostOf(url) })} ${told.advice}` };
  const code = problem?.code;
  if (problem !== null && isAboutSignIn(problem.where)) return signInFailureText(text, problem, url);
  if (problem === null || code === undefined || saidByProblem.has(code)) return told;
  if (code === 'bad-credentials') return { title: text('connect.code-refused'), advice: text('connect.wrong-code') };
  if (code === 'too-many-requests') return { title: told.title, advice: text('connect.patience') };
  if (code === 'device-taken') {
    const name = problem.where === 'body.person' ? 'connect.person-taken' : 'connect.device-taken';
    return { title: text(name), advice: text(`${name}.do`) };
  }
  const { expected, action } = problem;
  return { title: told.title, advice: text('connect.refused', { expected, action }) };
}

/** Parts of a request, and of an account, that only a sign-in at the identity provider has. */
function isAboutSignIn(where: string): boolean {
  return where.startsWith('body.signIn') || where === 'account' || where === 'provider';
}

/** Why a sign-in that came back from the browser did not connect. */
function signInFailureText(text: SyncText, { code, where }: Problem, url: string): ProblemText {
  const name =
    where === 'provider'
      ? 'connect.provider-away'
      : where === 'account'
        ? 'connect.account-disabled'
        : code === 'not-permitted'
          ? 'connect.no-account'
          : 'connect.sign-in-failed';
  return { title: text(name), advice: text(`${name}.do`, { host: hostOf(url) }) };
}
