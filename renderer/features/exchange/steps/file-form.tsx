import { useMemo, useState, type ReactNode } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import { delimiters } from '../../../../shared/exchange/csv-dialect.ts';
import { dateFormatExamples, dateFormats } from '../../../../shared/exchange/date-format.ts';
import { textEncodings } from '../../../../shared/exchange/encoding.ts';
import { presetNames, type Mapping } from '../../../../shared/exchange/mapping.ts';
import type { ImportPreview } from '../../../data/exchange/preview-import.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { ComboBox } from '../../../ui/combo-box.tsx';
import { Select } from '../../../ui/select.tsx';
import { useExchangeText } from '../exchange-text.ts';
import { importedKinds } from '../target-choices.ts';
import { useImport } from '../use-import.ts';
import styles from './file-form.module.css';

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const zonesShown = 40;

/** What the file was taken for; every part of it can be put right. */
export function FileForm({ preview }: { readonly preview: ImportPreview }): ReactNode {
  const text = useExchangeText();
  const intl = useIntl();
  const { session, state } = useImport();
  const { mapping, delimiter, encoding, rowCount } = preview;
  const known = delimiters.some((each) => each === delimiter) ? delimiters : [...delimiters, delimiter];
  const keys = mapping.columns.filter(({ target }) => target.to === 'field' || target.to === 'id');
  const remap = (change: Partial<Mapping>): void => void session.remap({ ...mapping, ...change });
  const rows =
    rowCount === null
      ? text('form.rows-unknown')
      : text(rowCount.isExact ? 'form.rows' : 'form.rows-about', {
          rows: rowCount.isExact ? rowCount.rows : Number(rowCount.rows.toPrecision(2)),
        });
  return (
    <div className={classNames(styles, 'form')}>
      <p className={classNames(styles, 'facts')}>
        {text('form.taken-for', { preset: text(`preset.${mapping.preset}`) })} {rows}
        {state.file === null ? '' : ` ${text('form.size', { size: sizeText(state.file.bytes, intl) })}`}
      </p>
      <Select
        label={text('form.preset')}
        placeholder=""
        value={mapping.preset}
        choices={presetNames.map((id) => ({ id, label: text(`preset.${id}`), detail: text(`preset-detail.${id}`) }))}
        onChange={(id) => {
          const preset = presetNames.find((each) => each === id);
          if (preset !== undefined) void session.reread(state.form, { preset });
        }}
      />
      <Select
        label={text('form.entity')}
        placeholder={text(`entities.${mapping.entity}`)}
        isDisabled={mapping.preset !== 'generic'}
        value={mapping.entity}
        choices={importedKinds.map((id) => ({ id, label: text(`entities.${id}`) }))}
        onChange={(id) => {
          const entity = importedKinds.find((each) => each === id);
          if (entity !== undefined) void session.reread(state.form, { entity, preset: 'generic' });
        }}
      />
      <Select
        label={text('form.delimiter')}
        placeholder=""
        value={delimiter}
        choices={known.map((id) => ({
          id,
          label: Object.hasOwn(delimiterNames, id)
            ? text(`delimiter.${delimiterNames[id as keyof typeof delimiterNames]}`)
            : id,
        }))}
        onChange={(id) => void session.reread({ ...state.form, delimiter: id })}
      />
      <Select
        label={text('form.encoding')}
        placeholder=""
        value={encoding}
        choices={textEncodings.map((id) => ({ id, label: text(`encoding.${id}`) }))}
        onChange={(id) => {
          const label = textEncodings.find((each) => each === id);
          if (label !== undefined) void session.reread({ ...state.form, encoding: label });
        }}
      />
      <Select
        label={text('form.key')}
        placeholder=""
        value={mapping.keyColumn ?? ''}
        choices={[
          { id: '', label: text('form.key-none'), detail: text('form.key-none-detail') },
          ...keys.map(({ column }) => ({ id: column, label: column })),
        ]}
        onChange={(id) => remap({ keyColumn: id === '' ? null : id })}
      />
      <Select
        label={text('form.dates')}
        placeholder=""
        value={mapping.dateFormat}
        choices={dateFormats.map((id) => ({ id, label: id, detail: dateFormatExamples[id] }))}
        onChange={(id) => {
          const dateFormat = dateFormats.find((each) => each === id);
          if (dateFormat !== undefined) remap({ dateFormat });
        }}
      />
      <ZoneField zone={mapping.zone} onChange={(zone) => remap({ zone })} />
      <div className={classNames(styles, 'check')}>
        <Checkbox
          label={text('form.create-references')}
          isSelected={mapping.createReferences}
          onChange={(createReferences) => remap({ createReferences })}
        />
      </div>
    </div>
  );
}

function ZoneField({
  zone,
  onChange,
}: {
  readonly zone: string;
  readonly onChange: (zone: string) => void;
}): ReactNode {
  const text = useExchangeText();
  const [words, setWords] = useState('');
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], []);
  const found = zones.filter((each) => each.toLowerCase().includes(words.trim().toLowerCase().replaceAll(' ', '_')));
  return (
    <ComboBox
      label={text('form.zone')}
      placeholder={text('picker.placeholder')}
      emptyText={text('picker.empty')}
      value={{ id: zone, label: zone }}
      choices={found.slice(0, zonesShown).map((id) => ({ id, label: id }))}
      onQuery={setWords}
      onChange={(id) => {
        if (id !== null) onChange(id);
      }}
    />
  );
}

/** Bytes in the unit a person reads. */
function sizeText(bytes: number, intl: Pick<IntlShape, 'formatNumber'>): string {
  const [unit, per] =
    bytes < 1e6
      ? (['kilobyte', 1e3] as const)
      : bytes < 1e9
        ? (['megabyte', 1e6] as const)
        : (['gigabyte', 1e9] as const);
  return intl.formatNumber(bytes / per, { style: 'unit', unit, maximumFractionDigits: 1 });
}
