import { createContext, useContext, useState, type ReactNode } from 'react';
import { asset } from '../../../../shared/domain/asset/asset.ts';
import type { EntityKind } from '../../../../shared/domain/entities.ts';
import { fieldDefinition } from '../../../../shared/domain/entities.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { TextInPlace } from '../../../widgets/text-in-place.tsx';
import { useAssetText } from '../asset-text.ts';
import { dateInstant, dateText } from './date-text.ts';

export interface FieldPorts {
  readonly record: RecordView;
  readonly save: (field: string, value: FieldValue) => Promise<boolean>;
  /** Choices that can be taken now; the field's own when absent. */
  readonly choicesOf?: (field: string) => readonly string[] | undefined;
}

export const FieldPortsContext = createContext<FieldPorts | null>(null);

/** One field of the asset, edited where it stands, in the way its type asks for. */
export function AssetField({ field }: { readonly field: string }): ReactNode {
  const ports = useContext(FieldPortsContext);
  const definition = fieldDefinition(asset, field);
  if (ports === null || definition === undefined) return null;
  switch (definition.type) {
    case 'choice':
      return <ChoiceField field={field} ports={ports} choices={ports.choicesOf?.(field) ?? definition.choices} />;
    case 'reference':
      return <ReferenceField field={field} ports={ports} to={definition.to as EntityKind} />;
    case 'instant':
      return <DateField field={field} ports={ports} />;
    case 'flag':
      return <FlagField field={field} ports={ports} />;
    case 'count':
      return <CountField field={field} ports={ports} />;
    case 'text':
      return <WordsField field={field} ports={ports} maxLength={definition.maxLength} />;
  }
}

interface OneField {
  readonly field: string;
  readonly ports: FieldPorts;
}

function WordsField({ field, ports, maxLength }: OneField & { readonly maxLength: number }): ReactNode {
  const text = useAssetText();
  const definition = fieldDefinition(asset, field);
  return (
    <TextInPlace
      entity="asset"
      id={ports.record.id}
      field={field}
      label={fieldText(text, 'asset', field)}
      value={textValue(ports.record.values, field)}
      maxLength={maxLength}
      isMultiline={definition?.type === 'text' && definition.multiline === true}
      isDisabled={false}
      save={ports.save}
    />
  );
}

function ChoiceField({ field, ports, choices }: OneField & { readonly choices: readonly string[] }): ReactNode {
  const text = useAssetText();
  const value = textValue(ports.record.values, field);
  const shown = value === '' || choices.includes(value) ? choices : [value, ...choices];
  return (
    <Select
      label={fieldText(text, 'asset', field)}
      choices={shown.map((id) => ({ id, label: choiceText(text, field, id) }))}
      value={value === '' ? null : value}
      onChange={(id) => {
        if (id !== value) void ports.save(field, id);
      }}
      placeholder={text('value.none')}
    />
  );
}

function ReferenceField({ field, ports, to }: OneField & { readonly to: EntityKind }): ReactNode {
  const text = useAssetText();
  const id = textValue(ports.record.values, field);
  const title = ports.record.titles[field] ?? '';
  const where = field === 'software' ? [{ field: 'baseClass', op: 'in', values: ['software'] } as const] : [];
  return (
    <RecordCombo
      label={fieldText(text, 'asset', field)}
      entity={to}
      where={where}
      value={id === '' ? null : { id, title: title === '' ? text('value.missing') : title }}
      onChange={(chosen) => void ports.save(field, chosen)}
    />
  );
}

function FlagField({ field, ports }: OneField): ReactNode {
  const text = useAssetText();
  return (
    <Checkbox
      label={fieldText(text, 'asset', field)}
      isSelected={ports.record.values[field] === true}
      onChange={(isSelected) => void ports.save(field, isSelected)}
    />
  );
}

/** A day of the desk's calendar. */
function DateField({ field, ports }: OneField): ReactNode {
  const text = useAssetText();
  const stored = dateText(ports.record.values[field]);
  const [typed, setTyped] = useState<string | null>(null);
  const commit = async (): Promise<void> => {
    if (typed === null || typed === stored) return setTyped(null);
    if (await ports.save(field, dateInstant(typed))) setTyped(null);
  };
  return (
    <TextField
      type="date"
      label={fieldText(text, 'asset', field)}
      value={typed ?? stored}
      onChange={setTyped}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
      }}
    />
  );
}

const money: ReadonlySet<string> = new Set(['cost', 'residualValue']);

/** A number; amounts of money are stored in hundredths and shown whole. */
function CountField({ field, ports }: OneField): ReactNode {
  const text = useAssetText();
  const scale = money.has(field) ? 100 : 1;
  const value = ports.record.values[field];
  const stored = typeof value === 'number' ? String(value / scale) : '';
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : readAmount(typed, scale);
  const commit = async (): Promise<void> => {
    if (typed === null || typed === stored) return setTyped(null);
    if (read !== undefined && (await ports.save(field, read))) setTyped(null);
  };
  return (
    <TextField
      label={fieldText(text, 'asset', field)}
      value={typed ?? stored}
      onChange={setTyped}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
      }}
      placeholder={text('value.none')}
      error={read === undefined ? text('asset.number-error') : undefined}
    />
  );
}

/** Null for an empty field, undefined for what is no number. */
function readAmount(typed: string, scale: number): number | null | undefined {
  const plain = typed.trim().replace(',', '.');
  if (plain === '') return null;
  if (!(scale === 100 ? /^\d{1,12}(\.\d{1,2})?$/ : /^\d{1,12}$/).test(plain)) return undefined;
  return Math.round(Number(plain) * scale);
}
