import { X } from 'lucide-react';
import { createContext, useContext, useState, type ReactNode } from 'react';
import type { EntityKind } from '../../shared/domain/entities.ts';
import { entities, fieldDefinition } from '../../shared/domain/entities.ts';
import type { FieldDefinition } from '../../shared/domain/field.ts';
import { elementsOf } from '../../shared/domain/set-elements.ts';
import type { FieldValue } from '../../shared/sync/operation.ts';
import type { Condition, RecordView } from '../data/data-api.ts';
import { useText } from '../services/text.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';
import { choiceText, fieldText } from './choice-text.ts';
import { RecordCombo } from './record-combo.tsx';
import { textValue } from './row-title.ts';
import { TextInPlace } from './text-in-place.tsx';
import { dateInstant, dateText } from './date-text.ts';

export interface FieldPorts {
  readonly record: RecordView;
  readonly save: (field: string, value: FieldValue) => Promise<boolean>;
  /** Choices that can be taken now; the field's own when absent. */
  readonly choicesOf?: (field: string) => readonly string[] | undefined;
  /** Which records a reference may name. */
  readonly whereOf?: (field: string) => readonly Condition[];
  /** Amounts that are stored in hundredths and shown whole. */
  readonly isMoney?: (field: string) => boolean;
  readonly isDisabled?: boolean;
}

export const FieldPortsContext = createContext<FieldPorts | null>(null);

/** One field of the record, edited where it stands, in the way its type asks for. */
export function RecordField({ field }: { readonly field: string }): ReactNode {
  const ports = useContext(FieldPortsContext);
  const definition = ports === null ? undefined : fieldDefinition(entities[ports.record.entity], field);
  if (ports === null || definition === undefined) return null;
  switch (definition.type) {
    case 'choice':
      return <ChoiceField field={field} ports={ports} choices={ports.choicesOf?.(field) ?? definition.choices} />;
    case 'reference':
      return definition.merge === 'set' ? (
        <ReferencesField field={field} ports={ports} to={definition.to as EntityKind} />
      ) : (
        <ReferenceField field={field} ports={ports} to={definition.to as EntityKind} />
      );
    case 'instant':
      return <DateField field={field} ports={ports} />;
    case 'flag':
      return <FlagField field={field} ports={ports} />;
    case 'count':
      return <CountField field={field} ports={ports} />;
    case 'text':
      return <WordsField field={field} ports={ports} definition={definition} />;
  }
}

interface OneField {
  readonly field: string;
  readonly ports: FieldPorts;
}

function WordsField({
  field,
  ports,
  definition,
}: OneField & { readonly definition: FieldDefinition & { readonly type: 'text' } }): ReactNode {
  const text = useText();
  return (
    <TextInPlace
      entity={ports.record.entity}
      id={ports.record.id}
      field={field}
      label={fieldText(text, ports.record.entity, field)}
      value={textValue(ports.record.values, field)}
      maxLength={definition.maxLength}
      isMultiline={definition.multiline === true}
      isDisabled={ports.isDisabled === true}
      save={ports.save}
    />
  );
}

function ChoiceField({ field, ports, choices }: OneField & { readonly choices: readonly string[] }): ReactNode {
  const text = useText();
  const value = textValue(ports.record.values, field);
  const shown = value === '' || choices.includes(value) ? choices : [value, ...choices];
  return (
    <Select
      label={fieldText(text, ports.record.entity, field)}
      choices={shown.map((id) => ({ id, label: choiceText(text, field, id) }))}
      value={value === '' ? null : value}
      onChange={(id) => {
        if (id !== value) void ports.save(field, id);
      }}
      placeholder={text('value.none')}
      isDisabled={ports.isDisabled === true}
    />
  );
}

function ReferenceField({ field, ports, to }: OneField & { readonly to: EntityKind }): ReactNode {
  const text = useText();
  const id = textValue(ports.record.values, field);
  const title = ports.record.titles[field] ?? '';
  return (
    <RecordCombo
      label={fieldText(text, ports.record.entity, field)}
      entity={to}
      where={ports.whereOf?.(field) ?? []}
      value={id === '' ? null : { id, title: title === '' ? text('value.missing') : title }}
      onChange={(chosen) => void ports.save(field, chosen)}
      isDisabled={ports.isDisabled === true}
    />
  );
}

/** Several records: each can be taken out, and a combo box adds another. */
function ReferencesField({ field, ports, to }: OneField & { readonly to: EntityKind }): ReactNode {
  const text = useText();
  const ids = elementsOf(ports.record.values, field);
  const titleOf = (id: string): string => ports.record.titles[`${field}/${id}`] || text('value.missing');
  return (
    <div>
      <RecordCombo
        label={fieldText(text, ports.record.entity, field)}
        entity={to}
        where={ports.whereOf?.(field) ?? []}
        value={null}
        onChange={(chosen) => {
          if (chosen !== null && !ids.includes(chosen)) void ports.save(field, [...ids, chosen]);
        }}
        isDisabled={ports.isDisabled === true}
        placeholder={text('field.add-another')}
      />
      <ul>
        {ids.map((id) => (
          <li key={id}>
            <Button
              variant="quiet"
              icon={<X size={13} />}
              label={text('field.take-out', { name: titleOf(id) })}
              isDisabled={ports.isDisabled === true}
              onPress={() =>
                void ports.save(
                  field,
                  ids.filter((each) => each !== id),
                )
              }
            >
              <bdi>{titleOf(id)}</bdi>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function FlagField({ field, ports }: OneField): ReactNode {
  const text = useText();
  return (
    <Checkbox
      label={fieldText(text, ports.record.entity, field)}
      isSelected={ports.record.values[field] === true}
      onChange={(isSelected) => void ports.save(field, isSelected)}
    />
  );
}

/** A day of the desk's calendar. */
function DateField({ field, ports }: OneField): ReactNode {
  const text = useText();
  const stored = dateText(ports.record.values[field]);
  const [typed, setTyped] = useState<string | null>(null);
  const commit = async (): Promise<void> => {
    if (typed === null || typed === stored) return setTyped(null);
    if (await ports.save(field, dateInstant(typed))) setTyped(null);
  };
  return (
    <TextField
      type="date"
      label={fieldText(text, ports.record.entity, field)}
      value={typed ?? stored}
      onChange={setTyped}
      isDisabled={ports.isDisabled === true}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
      }}
    />
  );
}

/** A number; amounts of money are stored in hundredths and shown whole. */
function CountField({ field, ports }: OneField): ReactNode {
  const text = useText();
  const scale = ports.isMoney?.(field) === true ? 100 : 1;
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
      label={fieldText(text, ports.record.entity, field)}
      value={typed ?? stored}
      onChange={setTyped}
      isDisabled={ports.isDisabled === true}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
      }}
      placeholder={text('value.none')}
      error={read === undefined ? text('field.number-error') : undefined}
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
