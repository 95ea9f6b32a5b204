import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { depreciationMethods } from '../../../../shared/domain/asset/asset-words.ts';
import { bookValue } from '../../../../shared/domain/asset/depreciation.ts';
import { warrantyState } from '../../../../shared/domain/asset/warranty.ts';
import type { RecordValues } from '../../../../shared/domain/change.ts';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Chip, type ChipTone } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useAssetText } from '../asset-text.ts';
import styles from './details-tab.module.css';

/** How the warranty stands today. */
export function WarrantyFact({ values }: { readonly values: RecordValues }): ReactNode {
  const text = useAssetText();
  const { now } = useServices();
  const state = warrantyState(values['warrantyEnd'], now());
  if (state === 'none') return null;
  const tone: ChipTone = state === 'covered' ? 'resolved' : state === 'ending' ? 'moderate' : 'closed';
  return (
    <p className={classNames(styles, 'facts')}>
      <Chip tone={tone}>{text(`warranty.${state}`)}</Chip>
    </p>
  );
}

/** What it is worth today. */
export function MoneyFacts({ values }: { readonly values: RecordValues }): ReactNode {
  const text = useAssetText();
  const intl = useIntl();
  const { now } = useServices();
  const { cost, usefulLife, residualValue, inServiceAt, purchasedAt, currency } = values;
  const method = depreciationMethods.find((each) => each === values['depreciation']);
  const since = inServiceAt ?? purchasedAt;
  if (typeof cost !== 'number' || typeof usefulLife !== 'number' || typeof since !== 'number' || !method) return null;
  const rest = typeof residualValue === 'number' ? residualValue : 0;
  const value = bookValue({ cost, usefulLife, residualValue: rest, method, since }, now());
  const amount =
    typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)
      ? intl.formatNumber(value / 100, { style: 'currency', currency })
      : intl.formatNumber(value / 100);
  return <p className={classNames(styles, 'facts')}>{text('asset.book-value', { amount })}</p>;
}

const verdictTones = {
  compliant: 'resolved',
  'over-quota': 'moderate',
  'non-compliant': 'critical',
  unlicensed: 'critical',
} as const satisfies Readonly<Record<string, ChipTone>>;

/** Whether the licences for a software cover what is installed (CMDB-7). */
export function LicenceFacts({ software }: { readonly software: string }): ReactNode {
  const text = useAssetText();
  const { result } = useWatch({ type: 'licence', software });
  if (result === undefined) return null;
  const { verdict, installed, purchased, expired } = result;
  return (
    <p className={classNames(styles, 'facts')}>
      <Chip tone={verdictTones[verdict]}>{text(`licence.${verdict}`)}</Chip>
      <span>
        {purchased === null
          ? text('licence.unlimited', { installed })
          : text('licence.figures', { installed, purchased })}
      </span>
      {expired === 0 ? null : <span>{text('licence.expired', { count: expired })}</span>}
    </p>
  );
}
