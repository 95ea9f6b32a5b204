import { z } from 'zod';
import { criticalities } from '../asset/asset-words.ts';
import type { RecordValues } from '../change.ts';
import { isFinished, stateOf, typeOf } from '../ticket/ticket-values.ts';
import { priorities } from '../ticket/ticket.ts';

/** What makes an incident worth proposing as a major one. Empty lists and 0 switch a rule off. */
export interface TriggerRules {
  readonly priorities: readonly (typeof priorities)[number][];
  readonly criticalities: readonly (typeof criticalities)[number][];
  readonly children: number;
}

export const majorTriggersSetting = 'major-incident.triggers';
export const majorTriggersSchema: z.ZodType<TriggerRules> = z.strictObject({
  priorities: z.array(z.enum(priorities)),
  criticalities: z.array(z.enum(criticalities)),
  children: z.int().min(0).max(1_000),
});
export const usualTriggers: TriggerRules = { priorities: ['1'], criticalities: ['high'], children: 5 };

export const acceptances = ['promote', 'new-parent'] as const;
export type Acceptance = (typeof acceptances)[number];
/** Whether acceptance promotes the incident itself, or makes a new parent above it. */
export const majorAcceptanceSetting = 'major-incident.acceptance';
export const majorAcceptanceSchema = z.enum(acceptances);

/** The rules of the space; the usual ones while the setting does not fit. */
export function readTriggers(setting: unknown): TriggerRules {
  const parsed = majorTriggersSchema.safeParse(setting);
  return parsed.success ? parsed.data : usualTriggers;
}

export type TriggerReason = 'priority' | 'criticality' | 'children';

/** What is known beside the incident itself. */
export interface TriggerFacts {
  readonly criticality: unknown;
  readonly children: number;
}

/**
 * Why an incident should be proposed; empty for one that should not. Only active incidents without a parent are looked
 * at. Criticality alone is no reason: every small incident of a critical service would be one; work must have stopped.
 */
export function triggersOf(values: RecordValues, facts: TriggerFacts, rules: TriggerRules): readonly TriggerReason[] {
  if (!mayBeMajor(values)) return [];
  const reasons: TriggerReason[] = [];
  if (rules.priorities.some((each) => each === values['priority'])) reasons.push('priority');
  if (values['urgency'] === '1' && rules.criticalities.some((each) => each === facts.criticality))
    reasons.push('criticality');
  if (rules.children > 0 && facts.children >= rules.children) reasons.push('children');
  return reasons;
}

/** An active incident on its own, that is not a major one yet. */
export function mayBeMajor(values: RecordValues): boolean {
  const isActive = !isFinished(values) && stateOf(values) !== 'resolved';
  return typeOf(values) === 'incident' && isActive && (values['parent'] ?? null) === null && values['major'] !== true;
}
