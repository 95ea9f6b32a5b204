import type { ReactNode } from 'react';
import { attributesOf } from '../../../../shared/domain/asset/asset-class.ts';
import { readStatus, statusMoves } from '../../../../shared/domain/asset/asset-status.ts';
import { elementsOf } from '../../../../shared/domain/set-elements.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { classNames } from '../../../ui/class-names.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { RecordGroup, RecordTab } from '../../../widgets/record-frame.tsx';
import { FieldPortsContext, RecordField, type FieldPorts } from '../../../widgets/record-field.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { useAssetText } from '../asset-text.ts';

import { MoneyFacts, LicenceFacts, WarrantyFact } from './asset-facts.tsx';
import styles from './details-tab.module.css';

/** Every field of the asset, each saved by itself where it stands; which attributes there are depends on its class. */
export function DetailsTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useAssetText();
  const { runner } = useDeskContext();
  const { values } = record;
  const own = useOwnAttributes(textValue(values, 'assetClass'));
  const attributes = attributesOf(values['baseClass'], own, (name) => (values[name] ?? null) !== null);
  const status = readStatus(values['status']);
  const ports: FieldPorts = {
    record,
    save: async (field, value) => {
      const done = text('done.asset-field', { field: fieldText(text, 'asset', field) });
      const outcome = await runner.run(
        'record.edit',
        { entity: 'asset', id: record.id, fields: { [field]: value } },
        { done },
      );
      return outcome.ok || outcome.failure.kind === 'nothing-to-change';
    },
    isMoney: (field) => field === 'cost' || field === 'residualValue',
    whereOf: (field) => (field === 'software' ? [{ field: 'baseClass', op: 'in', values: ['software'] }] : []),
    choicesOf: (field) => (field === 'status' && status !== undefined ? [status, ...statusMoves[status]] : undefined),
  };
  const isLicence = values['baseClass'] === 'licence';
  const software = isLicence ? textValue(values, 'software') : values['baseClass'] === 'software' ? record.id : '';
  return (
    <FieldPortsContext value={ports}>
      <RecordTab isWide>
        <Group title={text('asset.group.item')} fields={['name', 'baseClass', 'assetClass', 'status', 'criticality']} />
        <Group
          title={text('asset.group.place')}
          fields={['site', 'assignedTo', 'owner', 'managedBy', 'service', 'supportQueue']}
        />
        {attributes.length === 0 ? null : <Group title={text('asset.group.attributes')} fields={attributes} />}
        {software === '' ? null : <LicenceFacts software={software} />}
        <Group
          title={text('asset.group.money')}
          fields={[
            'purchasedAt',
            'inServiceAt',
            'warrantyEnd',
            'supplier',
            'contract',
            'cost',
            'currency',
            'depreciation',
            'usefulLife',
            'residualValue',
          ]}
        >
          <WarrantyFact values={values} />
          <MoneyFacts values={values} />
        </Group>
        <Group title={text('asset.group.more')} fields={['description', 'furtherAttributes']} isWide />
      </RecordTab>
    </FieldPortsContext>
  );
}

/** Attributes of the organisation's own class of that name. */
function useOwnAttributes(name: string): readonly string[] {
  const { result } = useWatch(
    name === ''
      ? null
      : {
          type: 'list',
          entity: 'asset-class',
          where: [{ field: 'active', op: 'not-in', values: ['false'] }],
          search: name,
          sort: [],
          offset: 0,
          limit: 20,
        },
  );
  const found = result?.rows.find((row) => textValue(row.values, 'name').toLowerCase() === name.toLowerCase());
  const { result: record } = useWatch(found === undefined ? null : { type: 'record', id: found.id });
  return record ? elementsOf(record.values, 'attributes') : [];
}

function Group({
  title,
  fields,
  isWide,
  children,
}: {
  readonly title: string;
  readonly fields: readonly string[];
  readonly isWide?: true;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <RecordGroup title={title}>
      <div className={classNames(styles, isWide === true ? 'wide' : 'grid')}>
        {fields.map((field) => (
          <RecordField key={field} field={field} />
        ))}
      </div>
      {children}
    </RecordGroup>
  );
}
