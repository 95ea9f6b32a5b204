import { changeTypeOf } from '../../../shared/domain/change-request/change-phase.ts';
import { successChances } from '../../../shared/domain/change-request/change-words.ts';
import { assessRisk, readAnswers, type RiskAssessment } from '../../../shared/domain/change-risk/assess-risk.ts';
import {
  defaultRiskPolicy,
  riskPolicySchema,
  riskPolicySetting,
} from '../../../shared/domain/change-risk/risk-policy.ts';
import type { TouchedItems } from '../../../shared/domain/change-schedule/touched-items.ts';
import { criticalities } from '../../../shared/domain/asset/asset-words.ts';
import { levels } from '../../../shared/domain/ticket/ticket.ts';
import { choiceAmong } from '../../../shared/domain/ticket/ticket-values.ts';
import type { AssetGraph } from '../impact/asset-graph.ts';
import type { Tables } from '../storage/tables.ts';
import { nodeIn } from './read-schedule.ts';

export interface RiskParts {
  readonly tables: Tables;
  readonly assets: AssetGraph;
  readonly touched: TouchedItems;
  readonly settings: ReadonlyMap<string, unknown>;
}

/** The risk of the change in a row, from its values and what its configuration items carry. */
export function assessChangeRisk({ tables, assets, touched, settings }: RiskParts, row: number): RiskAssessment {
  const values = tables.of('change').valuesAt(row);
  const policy = riskPolicySchema.safeParse(settings.get(riskPolicySetting));
  const ids = [String(values['asset'] ?? ''), ...String(values['affected'] ?? '').split(' ')].filter((id) => id !== '');
  const items = [...new Set(ids.flatMap((id) => nodeIn(tables, assets, id) ?? []))];
  const service = typeof values['service'] === 'string' ? nodeIn(tables, assets, values['service']) : null;
  const criticality = tables.of('asset').columns.get('criticality');
  const ranks = items.map((item) => criticalities.findIndex((each) => each === criticality?.get(item)));
  const highest = Math.min(...ranks.filter((rank) => rank >= 0));
  return assessRisk(
    {
      facts: {
        type: changeTypeOf(values),
        outage: values['outage'] === true,
        criticality: criticalities[highest] ?? null,
        items: items.length,
        services: touched.of({ items, service }).services.size,
      },
      answers: readAnswers(values['riskAnswers']),
      successChance: choiceAmong(successChances, values['successChance']) ?? null,
      impact: choiceAmong(levels, values['impact']) ?? null,
    },
    policy.success ? policy.data : defaultRiskPolicy,
  );
}
