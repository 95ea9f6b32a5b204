/** States of a problem, in the order ITIL and ServiceNow walk them (itsm-practices 2.3). */
export const problemStates = ['new', 'assess', 'root-cause-analysis', 'fix-in-progress', 'resolved', 'closed'] as const;
export type ProblemState = (typeof problemStates)[number];

export const problemCodes = ['fix-applied', 'risk-accepted', 'duplicate', 'canceled'] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** What moves a problem from one state to another. The command is `problem.<move>`. */
export const problemMoves = [
  'assess',
  'confirm',
  'fix',
  'resolve',
  'complete',
  'accept-risk',
  'mark-duplicate',
  'cancel',
  'reanalyze',
] as const;
export type ProblemMove = (typeof problemMoves)[number];
