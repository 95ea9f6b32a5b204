import { problemStatus, type Problem, type ProblemCode } from '../shared/sync/protocol.ts';

/** A failed call as its caller is told: what was expected, where, and what to do. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, expected: string, where: string, action: string) {
    super(`${code}: expected ${expected} (${where})`);
    this.problem = { code, expected, where, action };
  }

  get statusCode(): number {
    return problemStatus[this.problem.code];
  }
}
