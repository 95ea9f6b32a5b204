import { memo, type ReactNode } from 'react';
import type { HealthState } from '../../../../shared/domain/impact/health.ts';
import type { Row } from '../../../data/data-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { choiceText } from '../../../widgets/choice-text.ts';
import { HealthGlyph } from '../../../widgets/health-mark.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { useAssetText, type AssetText } from '../asset-text.ts';
import { ClassGlyph } from '../class-glyph.tsx';
import styles from './asset-row.module.css';

interface AssetRowProps {
  readonly row: Row;
  readonly health: HealthState | undefined;
}

/** Two lines: what it is called and how it stands, then reference, class, who uses it and where. */
export const AssetRow = memo(function AssetRow({ row, health = 'operational' }: AssetRowProps): ReactNode {
  const text = useAssetText();
  const { values, titles } = row;
  const where = [titles['assignedTo'] ?? '', titles['site'] ?? ''].filter((part) => part !== '');
  const status = textValue(values, 'status');
  return (
    <div role="gridcell" className={classNames(styles, 'row')}>
      <span className={classNames(styles, 'lead')}>
        <ClassGlyph baseClass={textValue(values, 'baseClass')} />
      </span>
      <span className={classNames(styles, 'line')}>
        <bdi className={classNames(styles, 'title')}>{rowTitle(row)}</bdi>
        <SyncMark isPending={row.pending} isConflict={row.conflict} />
        {health === 'operational' ? null : <HealthGlyph state={health} />}
      </span>
      <span className={classNames(styles, 'line', 'second')}>
        <bdi className={classNames(styles, 'reference')}>{referenceOf(values)}</bdi>
        <bdi className={classNames(styles, 'where')}>
          {[textValue(values, 'assetClass'), ...where].filter((part) => part !== '').join(' · ')}
        </bdi>
        {status === '' || status === 'production' ? null : (
          <span className={classNames(styles, 'status')}>{choiceText(text, 'status', status)}</span>
        )}
      </span>
    </div>
  );
});

/** The whole row in words. */
export function assetRowLabel(text: AssetText, row: Row, health: HealthState = 'operational'): string {
  const { values, titles } = row;
  return [
    rowTitle(row),
    text(`health.${health}`),
    referenceOf(values),
    textValue(values, 'assetClass'),
    choiceText(text, 'status', textValue(values, 'status')),
    titles['assignedTo'] ?? '',
    titles['site'] ?? '',
    row.conflict ? text('mark.conflict') : row.pending ? text('mark.pending') : '',
  ]
    .filter((part) => part !== '' && part !== 'choice.status.')
    .join(', ');
}
