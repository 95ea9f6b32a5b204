import type { RecordValues } from '../change.ts';
import { approvalAnswers, type ApprovalAnswer } from './approval.ts';
import { approvalStages, type ApprovalStage } from './approval-step.ts';
import type { AskedStep } from './ask-approval.ts';
import { neededOf, readNeed } from './need.ts';
import { tally, type TallyResult } from './tally.ts';

/** A stored approval, read. */
export interface Decision {
  readonly id: string;
  readonly round: number;
  readonly step: string;
  readonly approver: string;
  readonly decidedBy: string;
  readonly answer: ApprovalAnswer;
  readonly digest: string;
  readonly comment: string;
  /** ms */
  readonly decidedAt: number;
}

export interface StepVerdict {
  readonly step: AskedStep;
  readonly result: TallyResult;
  /** Whether it is asked now: everything before it has approved. */
  readonly isOpen: boolean;
  /** People that must approve; 0 when the first answer decides. */
  readonly needed: number;
  /** What counts, one for each person. */
  readonly counted: readonly Decision[];
  /** Approvals of an earlier version of the plan: those people must be asked again. */
  readonly stale: readonly Decision[];
  /** People who have not answered for this version. */
  readonly pending: readonly string[];
}

/** What the decisions are judged against. */
export interface JudgedPlan {
  readonly round: number;
  readonly digest: string;
}

/** Null for what this version cannot read. */
export function readDecision(id: string, values: RecordValues): Decision | null {
  const answer = approvalAnswers.find((each) => each === values['answer']);
  const { step, approver, decidedBy, digest, round, decidedAt, comment } = values;
  if (answer === undefined || typeof step !== 'string' || typeof approver !== 'string') return null;
  return {
    id,
    answer,
    step,
    approver,
    decidedBy: typeof decidedBy === 'string' ? decidedBy : approver,
    digest: String(digest),
    round: Number(round),
    decidedAt: Number(decidedAt),
    comment: typeof comment === 'string' ? comment : '',
  };
}

/**
 * How each step stands: a function of who was asked, what they decided, and the plan as it is now, in whatever order
 * the decisions came (D6). Of one person the last decision of the round counts. An approval counts for the version it
 * names only (APR-1); a rejection counts until the change is submitted anew: nobody edits a rejection away.
 */
export function judgeApproval(
  steps: readonly AskedStep[],
  decisions: readonly Decision[],
  { round, digest }: JudgedPlan,
): readonly StepVerdict[] {
  const verdicts: StepVerdict[] = [];
  for (const step of steps) {
    const latest = latestByPerson(decisions.filter((each) => each.round === round && each.step === step.id));
    const own = step.people.flatMap((person) => latest.get(person) ?? []);
    const isStale = ({ answer, digest: of }: Decision): boolean => answer === 'approved' && of !== digest;
    const counted = own.filter((decision) => !isStale(decision));
    const needed = neededOf(readNeed(step.need) ?? { unit: 'all' }, step.people.length);
    const approved = counted.filter(({ answer }) => answer === 'approved').length;
    const answered = new Set(counted.map(({ approver }) => approver));
    verdicts.push({
      step,
      result: tally({ people: step.people.length, needed, approved, rejected: counted.length - approved }),
      isOpen: verdicts.every((before) => before.result === 'approved' || !comesBefore(before.step, step)),
      needed,
      counted,
      stale: own.filter(isStale),
      pending: step.people.filter((person) => !answered.has(person)),
    });
  }
  return verdicts;
}

/** What the steps of a stage come to together. */
export function outcomeOf(verdicts: readonly StepVerdict[], stage: ApprovalStage): Exclude<TallyResult, 'unstaffed'> {
  const results = verdicts.filter(({ step }) => step.stage === stage).map(({ result }) => result);
  if (results.includes('rejected')) return 'rejected';
  return results.every((result) => result === 'approved') ? 'approved' : 'waiting';
}

function comesBefore(one: AskedStep, other: AskedStep): boolean {
  const [first, second] = [approvalStages.indexOf(one.stage), approvalStages.indexOf(other.stage)];
  return first < second || (first === second && one.order < other.order);
}

/** By time; two of one instant by id, so that all devices agree. */
function latestByPerson(decisions: readonly Decision[]): ReadonlyMap<string, Decision> {
  const latest = new Map<string, Decision>();
  for (const decision of decisions) {
    const known = latest.get(decision.approver);
    const isLater =
      known === undefined ||
      decision.decidedAt > known.decidedAt ||
      (decision.decidedAt === known.decidedAt && decision.id > known.id);
    if (isLater) latest.set(decision.approver, decision);
  }
  return latest;
}
