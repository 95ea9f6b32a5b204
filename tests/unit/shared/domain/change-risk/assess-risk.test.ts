import { describe, expect, it } from 'vitest';
import { assessRisk, readAnswers, type RiskFacts } from '../../../../../shared/domain/change-risk/assess-risk.ts';
import { defaultRiskPolicy, type RiskPolicy } from '../../../../../shared/domain/change-risk/risk-policy.ts';

const facts: RiskFacts = { type: 'normal', outage: false, criticality: null, items: 1, services: 0 };
const none = { answers: {}, successChance: null, impact: null } as const;
const answer = (score: number) => ({ text: String(score), score });
const worked: RiskPolicy = {
  conditions: [
    { name: 'Critical service', order: 10, risk: 'high', when: { criticality: ['high'] } },
    { name: 'Any', order: 20, risk: 'moderate', when: {} },
  ],
  questions: [
    { id: 'a', text: 'a', weight: 2, answers: [answer(1), answer(3)] },
    { id: 'b', text: 'b', weight: 3, answers: [answer(1), answer(3)] },
    { id: 'c', text: 'c', weight: 1, answers: [answer(1), answer(2)] },
  ],
  moderateFrom: 6,
  highFrom: 12,
};

describe('risk', () => {
  it('RSK-1: conditions run in their order, and the first that matches decides', () => {
    const policy = { ...worked, questions: [], conditions: worked.conditions.toReversed() };
    expect(assessRisk({ facts: { ...facts, criticality: 'high' }, ...none }, policy)).toMatchObject({
      risk: 'high',
      reasons: [{ by: 'condition', name: 'Critical service' }],
    });
    expect(assessRisk({ facts, ...none }, policy).risk).toBe('moderate');
    expect(assessRisk({ facts, ...none }, { ...policy, conditions: [] }).risk).toBeNull();
  });

  it('RSK-2: the questionnaire weighs its answers, once all are given', () => {
    const answers = { a: 3, b: 1, c: 2 };
    expect(assessRisk({ facts, ...none, answers }, worked).reasons).toContainEqual({
      by: 'questionnaire',
      risk: 'moderate',
      score: 11,
    });
    const part = assessRisk({ facts, ...none, answers: { a: 3 } }, worked);
    expect(part).toMatchObject({ unanswered: 2, reasons: [{ by: 'condition' }] });
    expect(assessRisk({ facts, ...none, answers: { a: 3, b: 3, c: 2 } }, worked).risk).toBe('high');
  });

  it('RSK-3: of all ways the higher risk wins', () => {
    const answers = { a: 3, b: 1, c: 2 };
    expect(assessRisk({ facts: { ...facts, criticality: 'high' }, ...none, answers }, worked).risk).toBe('high');
    expect(assessRisk({ facts, ...none, answers: { a: 3, b: 3, c: 2 } }, worked).risk).toBe('high');
  });

  it('RSK-4: chance of success and impact are looked up, and only raise it', () => {
    const looked = (successChance: 'high' | 'medium' | 'low', impact: '1' | '2' | '3') =>
      assessRisk({ facts, answers: {}, successChance, impact }, { ...worked, conditions: [], questions: [] }).risk;
    expect([looked('low', '1'), looked('medium', '2'), looked('high', '3')]).toEqual(['high', 'moderate', 'low']);
    expect(assessRisk({ facts, answers: {}, successChance: 'high', impact: '3' }, worked).risk).toBe('moderate');
  });

  it('judges by criticality, outage and what depends on it from the start', () => {
    const by = (more: Partial<RiskFacts>) =>
      assessRisk({ facts: { ...facts, ...more }, ...none }, defaultRiskPolicy).risk;
    expect([by({}), by({ outage: true }), by({ outage: true, services: 3 }), by({ criticality: 'high' })]).toEqual([
      'low',
      'moderate',
      'high',
      'high',
    ]);
  });

  it('takes no answers from a text that has none', () => {
    expect([readAnswers(null), readAnswers('x'), readAnswers('[1]'), readAnswers('{"a":"b","c":2}')]).toEqual([
      {},
      {},
      { 0: 1 },
      { c: 2 },
    ]);
  });
});
