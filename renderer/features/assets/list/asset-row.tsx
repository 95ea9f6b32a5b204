import { memo, type ReactNode } from 'react';
import type { HealthState } from '../../../../shared/domain/impact/health.ts';
import type { Row } from '../../../data/data-api.ts';
import { choiceText } from '../../../widgets/choice-text.ts';
import { HealthGlyph } from '../../../widgets/health-mark.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { TwoLineRow } from '../../../widgets/two-line-row.tsx';
import { useAssetText, type AssetText } from '../asset-text.ts';
import { ClassGlyph } from '../class-glyph.tsx';

interface AssetRowProps {
  readonly row: Row;
  readonly health: HealthState | undefined;
  readonly isSelected: boolean;
  readonly isChoosing: boolean;
}

/** Two lines: what it is called and how it stands, then reference, class, who uses it and where. */
export const AssetRow = memo(function AssetRow(props: AssetRowProps): ReactNode {
  const { row, health = 'operational', isSelected, isChoosing } = props;
  const text = useAssetText();
  const { values, titles } = row;
  const where = [titles['assignedTo'] ?? '', titles['site'] ?? ''].filter((part) => part !== '');
  const status = textValue(values, 'status');
  return (
    <TwoLineRow
      glyph={<ClassGlyph baseClass={textValue(values, 'baseClass')} />}
      title={rowTitle(row)}
      marks={
        <>
          <SyncMark isPending={row.pending} isConflict={row.conflict} />
          {health === 'operational' ? null : <HealthGlyph state={health} />}
        </>
      }
      reference={referenceOf(values)}
      detail={[textValue(values, 'assetClass'), ...where].filter((part) => part !== '').join(' · ')}
      end={status === '' || status === 'production' ? null : <span>{choiceText(text, 'status', status)}</span>}
      isSelected={isSelected}
      isChoosing={isChoosing}
    />
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
