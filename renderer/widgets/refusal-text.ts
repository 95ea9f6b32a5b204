import type { Refusal } from '../../shared/domain/change.ts';
import { isCommonKey, type TextValues } from '../services/text.ts';

type Translate = (key: string, values?: TextValues) => string;

/** Fields whose choices a refusal names; its values are translated with the field's words. */
const choiceFieldOf: Readonly<Record<string, string>> = { code: 'resolutionCode', state: 'state' };

/** What was refused, in the person's language: what was expected and what to do. */
export function refusalText(refusal: Refusal, translate: Translate): string {
  const key = `refusal.${refusal.kind}`;
  if (!isCommonKey(key)) return translate('refusal.unknown', { kind: refusal.kind });
  return translate(key, refusalValues(refusal, translate));
}

function refusalValues(refusal: Refusal, translate: Translate): TextValues {
  const values: Record<string, string | number> = {
    expected: '',
    got: '',
    title: '',
    entity: '',
    use: '',
    command: '',
    id: '',
    max: 0,
    actual: 0,
    from: '',
    to: '',
    state: '',
    name: '',
    where: '',
    total: 0,
    refused: 0,
    type: '',
    ...refusal.values,
  };
  values['over'] = Number(values['actual']) - Number(values['max']);
  for (const name of ['from', 'to', 'state'])
    values[name] = words(`choice.state.${values[name]}`, values[name], translate);
  values['type'] = words(`choice.type.${values['type']}`, values['type'], translate);
  values['entity'] = words(`entity.${values['entity']}`, values['entity'], translate);
  if (refusal.kind === 'bad-type')
    values['expected'] = words(`expected.${values['expected']}`, values['expected'], translate);
  else if (refusal.kind === 'wrong-kind') {
    for (const name of ['expected', 'got']) values[name] = words(`entity.${values[name]}`, values[name], translate);
  } else if (refusal.field !== undefined) {
    for (const name of ['expected', 'got']) values[name] = choiceWords(refusal.field, String(values[name]), translate);
  }
  return values;
}

/** `a, b` of a field in the field's words; other text stays as it is. */
function choiceWords(field: string, list: string, translate: Translate): string {
  const owners = field === 'reason' ? ['onHoldReason', 'cancelReason'] : [choiceFieldOf[field] ?? field];
  return list
    .split(', ')
    .map((choice) => owners.reduce((text, owner) => words(`choice.${owner}.${choice}`, text, translate), choice))
    .join(', ');
}

function words(key: string, otherwise: string | number | undefined, translate: Translate): string {
  return isCommonKey(key) ? translate(key) : String(otherwise ?? '');
}
