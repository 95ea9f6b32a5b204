import { approvalStages } from '../approval/approval-step.ts';
import { readAskedSteps } from '../approval/ask-approval.ts';
import { judgeApproval, outcomeOf, readDecision, type Decision, type StepVerdict } from '../approval/judge-approval.ts';
import type { RecordValues } from '../change.ts';
import type { DecisionRow } from '../command.ts';
import { choiceAmong } from '../ticket/ticket-values.ts';
import { changeMachines } from './change-lifecycle.ts';
import { planDigest } from './change-request.ts';
import { changeStates, changeTypes, type ChangeState, type ChangeType } from './change-words.ts';

export interface ChangeStanding {
  /** Undefined for a state that only a newer version knows: nothing may be done to it. */
  readonly phase: ChangeState | undefined;
  readonly verdicts: readonly StepVerdict[];
}

export function changeTypeOf(values: RecordValues): ChangeType {
  return choiceAmong(changeTypes, values['type']) ?? 'normal';
}

/**
 * Where a change is. Nobody moves it when the last approval comes: two devices may each hold one half of a vote, and
 * which of them is the last is known only after the merge. So the state that people set stays as it is (Assess), and
 * approvals lead on from it whenever it is read: to Authorize, to Scheduled, back to New when rejected (CHG-2), back to
 * Assess when the plan has changed since (APR-1).
 */
export function standingOf(values: RecordValues, decisions: readonly Decision[], digest: string): ChangeStanding {
  const stored = choiceAmong(changeStates, values['state'] ?? 'new');
  const steps = readAskedSteps(values['approvals']);
  const verdicts = judgeApproval(steps, decisions, { round: Number(values['round'] ?? 0), digest });
  const { advances } = changeMachines[changeTypeOf(values)];
  let phase = stored;
  for (const stage of approvalStages) {
    const next = advances[stage];
    if (phase !== stage || next === undefined) continue;
    const outcome = steps.length === 0 ? 'waiting' : outcomeOf(verdicts, stage);
    if (outcome === 'waiting') break;
    if (outcome === 'rejected') return { phase: 'new', verdicts };
    // CHG-6: what is done already is not scheduled any more.
    phase = next === 'scheduled' && values['unauthorized'] === true ? 'review' : next;
  }
  return { phase, verdicts };
}

/** The same from the rows a decision reads. */
export function standingIn(rows: ReadonlyMap<string, DecisionRow>, change: DecisionRow): ChangeStanding {
  return standingOf(change.values, decisionsAbout(rows, change.id), planDigest(change.values));
}

export function decisionsAbout(rows: ReadonlyMap<string, DecisionRow>, id: string): readonly Decision[] {
  return [...rows.values()].flatMap((row) =>
    row.entity === 'approval' && row.values['change'] === id ? (readDecision(row.id, row.values) ?? []) : [],
  );
}
