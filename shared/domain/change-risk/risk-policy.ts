import { z } from 'zod';
import { changeTypes } from '../change-request/change-words.ts';

export const riskLevels = ['low', 'moderate', 'high'] as const;
export type RiskLevel = (typeof riskLevels)[number];

const condition = z.strictObject({
  name: z.string().min(1).max(100),
  /** Lowest first; the first that matches decides (RSK-1). */
  order: z.number(),
  risk: z.enum(riskLevels),
  /** All that is given must hold; nothing given holds always. */
  when: z.strictObject({
    types: z.array(z.enum(changeTypes)).optional(),
    outage: z.boolean().optional(),
    /** Greatest criticality among the configuration items. */
    criticality: z.array(z.enum(['high', 'medium', 'low'])).optional(),
    servicesAtLeast: z.int().min(1).optional(),
    itemsAtLeast: z.int().min(1).optional(),
  }),
});
const question = z.strictObject({
  id: z.string().min(1).max(40),
  text: z.string().min(1).max(200),
  weight: z.number().min(0),
  answers: z.array(z.strictObject({ text: z.string().min(1).max(200), score: z.number().min(0) })).min(2),
});

export const riskPolicySetting = 'change.risk-policy';
export const riskPolicySchema = z.strictObject({
  conditions: z.array(condition).max(100),
  questions: z.array(question).max(40),
  /** Sums from which the risk is moderate and high (RSK-2). */
  moderateFrom: z.number(),
  highFrom: z.number(),
});
export type RiskPolicy = z.infer<typeof riskPolicySchema>;

const scale = (low: string, middle: string, high: string) => [
  { text: low, score: 1 },
  { text: middle, score: 2 },
  { text: high, score: 3 },
];

/** Until the organisation writes its own. */
export const defaultRiskPolicy: RiskPolicy = {
  conditions: [
    { name: 'A critical configuration item', order: 10, risk: 'high', when: { criticality: ['high'] } },
    {
      name: 'An outage of three or more services',
      order: 20,
      risk: 'high',
      when: { outage: true, servicesAtLeast: 3 },
    },
    { name: 'An outage', order: 30, risk: 'moderate', when: { outage: true } },
    { name: 'An emergency', order: 40, risk: 'moderate', when: { types: ['emergency'] } },
    { name: 'Five or more services depend on it', order: 50, risk: 'moderate', when: { servicesAtLeast: 5 } },
    { name: 'Anything else', order: 100, risk: 'low', when: {} },
  ],
  questions: [
    {
      id: 'practice',
      text: 'How often was this done before?',
      weight: 2,
      answers: scale('Many times', 'A few times', 'Never'),
    },
    { id: 'test', text: 'How was it tested?', weight: 2, answers: scale('In a copy', 'In part', 'Not at all') },
    {
      id: 'back-out',
      text: 'How easily is it backed out?',
      weight: 1,
      answers: scale('In minutes', 'In hours', 'Hardly'),
    },
  ],
  moderateFrom: 8,
  highFrom: 12,
};
