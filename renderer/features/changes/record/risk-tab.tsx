import type { ReactNode } from 'react';
import { readAnswers } from '../../../../shared/domain/change-risk/assess-risk.ts';
import {
  defaultRiskPolicy,
  riskPolicySchema,
  riskPolicySetting,
} from '../../../../shared/domain/change-risk/risk-policy.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Select } from '../../../ui/select.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { FieldPortsContext, RecordField } from '../../../widgets/record-field.tsx';
import { RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { useChangeText } from '../change-text.ts';
import { useSaveChange, type ChangeTabProps } from './plan-tab.tsx';

/** How risky it is and why, with the questionnaire (RSK-1 to RSK-4). */
export function RiskTab({ record, view }: ChangeTabProps): ReactNode {
  const text = useChangeText();
  const save = useSaveChange(record.id);
  const { result: setting } = useWatch({ type: 'record', id: riskPolicySetting });
  const policy = readPolicy(setting?.values['value']);
  const answers = readAnswers(record.values['riskAnswers']);
  const { risk, reasons, unanswered } = view.risk;
  return (
    <FieldPortsContext value={{ record, save }}>
      <RecordTab>
        <RecordGroup title={text('risk.title')} isTight>
          <p>{risk === null ? text('risk.none') : text(`risk.${risk}`)}</p>
          <ul>
            {reasons.map((reason) => (
              <li key={reason.by}>
                {reason.by === 'condition'
                  ? text('risk.by-condition', { name: reason.name, risk: text(`risk.${reason.risk}`) })
                  : reason.by === 'questionnaire'
                    ? text('risk.by-questionnaire', { score: reason.score, risk: text(`risk.${reason.risk}`) })
                    : text('risk.by-lookup', {
                        chance: choiceText(text, 'successChance', reason.successChance),
                        impact: choiceText(text, 'impact', reason.impact),
                        risk: text(`risk.${reason.risk}`),
                      })}
              </li>
            ))}
          </ul>
        </RecordGroup>
        <RecordGroup title={text('risk.questions')}>
          {unanswered === 0 ? null : <p>{text('risk.unanswered', { count: unanswered })}</p>}
          {policy.questions.map((question) => (
            <Select
              key={question.id}
              label={question.text}
              choices={question.answers.map(({ text: label, score }) => ({ id: String(score), label }))}
              value={answers[question.id] === undefined ? null : String(answers[question.id])}
              onChange={(score) =>
                void save('riskAnswers', JSON.stringify({ ...answers, [question.id]: Number(score) }))
              }
              placeholder={text('value.none')}
            />
          ))}
        </RecordGroup>
        <RecordGroup title={text('risk.lookup')}>
          <RecordField field="successChance" />
          <RecordField field="impact" />
        </RecordGroup>
      </RecordTab>
    </FieldPortsContext>
  );
}

function readPolicy(value: unknown) {
  try {
    return riskPolicySchema.parse(JSON.parse(String(value)));
  } catch {
    // Never set, or written by another version.
    return defaultRiskPolicy;
  }
}
