import type { Finding } from '../../../../shared/exchange/import-report.ts';
import { isExchangeKey, type ExchangeText } from '../exchange-text.ts';

/** Why, in the person's language; a reason of another version as it is. */
export function reasonText(text: ExchangeText, reason: string): string {
  const key = `reason.${reason}`;
  return isExchangeKey(key) ? text(key) : reason;
}

/** What was stored instead, or what would have been accepted. Names of kinds are translated, values are data. */
export function expectedText(text: ExchangeText, { kind, reason, expected }: Finding): string {
  if (expected === '') return '';
  const entity = `entity.${expected}`;
  const named = reason === 'no-such-record' && isEntityKey(entity) ? text(entity) : expected;
  return text(kind === 'changed' ? 'finding.stored' : 'finding.accepted', { value: named });
}

const entityKeys = [
  'entity.person',
  'entity.queue',
  'entity.service',
  'entity.asset',
  'entity.site',
  'entity.ticket',
] as const;

function isEntityKey(key: string): key is (typeof entityKeys)[number] {
  return entityKeys.some((known) => known === key);
}
