import type { ChangeType, SuccessChance } from '../change-request/change-words.ts';
import type { Level } from '../ticket/ticket.ts';
import { riskLevels, type RiskLevel, type RiskPolicy } from './risk-policy.ts';

/** What conditions are judged by. */
export interface RiskFacts {
  readonly type: ChangeType;
  readonly outage: boolean;
  /** Greatest criticality among the configuration items; null when none has one. */
  readonly criticality: 'high' | 'medium' | 'low' | null;
  /** Configuration items the change touches, and services that depend on them. */
  readonly items: number;
  readonly services: number;
}

export interface RiskInput {
  readonly facts: RiskFacts;
  /** Score by id of the question; only a whole questionnaire counts. */
  readonly answers: Readonly<Record<string, number>>;
  readonly successChance: SuccessChance | null;
  readonly impact: Level | null;
}

export type RiskReason =
  | { readonly by: 'condition'; readonly risk: RiskLevel; readonly name: string }
  | { readonly by: 'questionnaire'; readonly risk: RiskLevel; readonly score: number }
  | { readonly by: 'lookup'; readonly risk: RiskLevel; readonly successChance: SuccessChance; readonly impact: Level };

export interface RiskAssessment {
  /** The highest of the reasons (RSK-3); null until something says it. */
  readonly risk: RiskLevel | null;
  readonly reasons: readonly RiskReason[];
  /** Questions without an answer. */
  readonly unanswered: number;
}

/** RSK-4: chance of success by impact, 1 the greatest. */
const lookup: Readonly<Record<SuccessChance, Readonly<Record<Level, RiskLevel>>>> = {
  low: { '1': 'high', '2': 'high', '3': 'moderate' },
  medium: { '1': 'high', '2': 'moderate', '3': 'low' },
  high: { '1': 'moderate', '2': 'low', '3': 'low' },
};

/** RSK-1 to RSK-4: each way by itself, of all the highest. */
export function assessRisk({ facts, answers, successChance, impact }: RiskInput, policy: RiskPolicy): RiskAssessment {
  const reasons: RiskReason[] = [];
  const first = policy.conditions
    .toSorted((left, right) => left.order - right.order)
    .find(({ when }) => holds(when, facts));
  if (first !== undefined) reasons.push({ by: 'condition', risk: first.risk, name: first.name });
  const unanswered = policy.questions.filter(({ id }) => answers[id] === undefined).length;
  if (policy.questions.length > 0 && unanswered === 0) {
    const score = policy.questions.reduce((sum, { id, weight }) => sum + weight * (answers[id] ?? 0), 0);
    const risk = score >= policy.highFrom ? 'high' : score >= policy.moderateFrom ? 'moderate' : 'low';
    reasons.push({ by: 'questionnaire', risk, score });
  }
  if (successChance !== null && impact !== null)
    reasons.push({ by: 'lookup', risk: lookup[successChance][impact], successChance, impact });
  const highest = Math.max(-1, ...reasons.map(({ risk }) => riskLevels.indexOf(risk)));
  return { risk: riskLevels[highest] ?? null, reasons, unanswered };
}

function holds(when: RiskPolicy['conditions'][number]['when'], facts: RiskFacts): boolean {
  return (
    (when.types?.includes(facts.type) ?? true) &&
    (when.outage === undefined || when.outage === facts.outage) &&
    (when.criticality === undefined || (facts.criticality !== null && when.criticality.includes(facts.criticality))) &&
    facts.services >= (when.servicesAtLeast ?? 0) &&
    facts.items >= (when.itemsAtLeast ?? 0)
  );
}

/** The answers a change keeps; none of a text that cannot be read. */
export function readAnswers(text: unknown): Readonly<Record<string, number>> {
  try {
    const parsed: unknown = JSON.parse(String(text ?? '{}'));
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    );
  } catch {
    return {};
  }
}
