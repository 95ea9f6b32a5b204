import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { Refusal } from '../change.ts';
import type { DecisionRow } from '../command.ts';
import { elementsOf } from '../set-elements.ts';
import { refuse } from '../refusal.ts';
import { approvalStages, type ApprovalPurpose, type ApprovalStage } from './approval-step.ts';
import { neededOf, readNeed } from './need.ts';

/** One step as it was when the plan was submitted: later changes of groups or rules do not change who was asked. */
export interface AskedStep {
  readonly id: string;
  readonly name: string;
  readonly stage: ApprovalStage;
  readonly order: number;
  /** As the rule writes it: `2`, `50%`, `all`, `first`. */
  readonly need: string;
  /** Ids of the people asked. */
  readonly people: readonly string[];
}

const askedSteps: z.ZodType<readonly AskedStep[]> = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    stage: z.enum(approvalStages),
    order: z.number(),
    need: z.string(),
    people: z.array(z.string()),
  }),
);

export interface Asking {
  readonly purpose: ApprovalPurpose;
  /** Members of the queue that does the work. */
  readonly peers: readonly string[];
  /** Who planned it: not asked as their own peer while there is another. */
  readonly planners: readonly string[];
}

/** The steps that the rules of the organisation ask, in order; refuses when a step has too few people to be decided. */
export function askApproval(rules: readonly DecisionRow[], asking: Asking): Result<readonly AskedStep[], Refusal> {
  const steps: AskedStep[] = [];
  for (const { id, entity, values } of rules) {
    if (entity !== 'approval-step' || values['active'] === false || values['purpose'] !== asking.purpose) continue;
    const stage = approvalStages.find((each) => each === values['stage']) ?? 'authorize';
    const need = String(values['need']);
    const name = String(values['name']);
    const people = new Set(elementsOf(values, 'people'));
    if (values['asksQueue'] === true) for (const peer of peersOf(asking)) people.add(peer);
    if (people.size === 0 || neededOf(readNeed(need) ?? { unit: 'all' }, people.size) > people.size)
      return fail(refuse('approvers-missing', { field: 'approvals', values: { title: name } }).failure);
    steps.push({ id, name, stage, order: Number(values['order'] ?? 0), need, people: [...people].toSorted() });
  }
  return succeed(steps.toSorted(inOrder));
}

function peersOf({ peers, planners }: Asking): readonly string[] {
  const others = peers.filter((peer) => !planners.includes(peer));
  return others.length > 0 ? others : peers;
}

function inOrder(left: AskedStep, right: AskedStep): number {
  return (
    approvalStages.indexOf(left.stage) - approvalStages.indexOf(right.stage) ||
    left.order - right.order ||
    (left.id < right.id ? -1 : 1)
  );
}

export function writeAskedSteps(steps: readonly AskedStep[]): string {
  return JSON.stringify(steps);
}

/** The steps a record keeps; none of a text that this version cannot read. */
export function readAskedSteps(text: unknown): readonly AskedStep[] {
  if (typeof text !== 'string') return [];
  try {
    return (askedSteps.safeParse(JSON.parse(text)).data ?? []).toSorted(inOrder);
  } catch {
    return [];
  }
}
