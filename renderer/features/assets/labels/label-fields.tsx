import { useState, type ReactNode } from 'react';
import { labelSymbols, type LabelSymbol } from '../../../../shared/domain/label/label-boxes.ts';
import { barContents, labelFields, qrContents } from '../../../../shared/domain/label/label-content.ts';
import { labelFormats, labelsPerPage, type LabelFormat } from '../../../../shared/domain/label/label-format.ts';
import { largestShift } from '../../../../shared/domain/label/lay-out-labels.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { labelSlice, type LabelSettings } from '../../../store/label-slice.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useAssetText } from '../asset-text.ts';
import styles from './labels-dialog.module.css';

interface LabelFieldsProps {
  readonly settings: LabelSettings;
  readonly format: LabelFormat;
  readonly symbol: LabelSymbol;
}

/** Which sheet is in the printer, and what its labels say. Kept on this device for the next time. */
export function LabelFields({ settings, format, symbol }: LabelFieldsProps): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const change = (changed: Partial<LabelSettings>): void => void dispatch(labelSlice.actions.changedLabels(changed));
  const contentName = (content: string): string =>
    content === 'link' ? text('labels.link') : fieldText(text, 'asset', content);
  const most = labelsPerPage(format);
  return (
    <div className={classNames(styles, 'fields')}>
      <div className={classNames(styles, 'whole')}>
        <Select
          label={text('labels.format')}
          choices={labelFormats.map((each) => ({
            id: each.id,
            label: each.name,
            detail: text(each.kind === 'sheet' ? 'labels.of-sheet' : 'labels.of-roll', {
              width: each.label.width,
              height: each.label.height,
              count: labelsPerPage(each),
            }),
          }))}
          value={format.id}
          onChange={(id) => change({ format: id, startAt: 1 })}
          placeholder={format.name}
          autoFocus
        />
      </div>
      <Select
        label={text('labels.symbol')}
        choices={labelSymbols.map((id) => ({ id, label: text(`labels.symbol.${id}`) }))}
        value={symbol}
        onChange={(id) => change({ symbol: id })}
        placeholder={text('value.none')}
      />
      {most === 1 ? null : (
        <NumberField
          key={format.id}
          label={text('labels.start-at')}
          value={settings.startAt}
          least={1}
          most={most}
          description={text('labels.start-hint', { most })}
          onChange={(startAt) => change({ startAt: Math.trunc(startAt) })}
        />
      )}
      {symbol === 'code128' ? null : (
        <Select
          label={text('labels.qr')}
          choices={qrContents.map((id) => ({ id, label: contentName(id) }))}
          value={settings.qr}
          onChange={(id) => change({ qr: id })}
          placeholder={text('labels.link')}
        />
      )}
      {symbol === 'qr' ? null : (
        <Select
          label={text('labels.bars')}
          choices={barContents.map((id) => ({ id, label: contentName(id) }))}
          value={settings.bars}
          onChange={(id) => change({ bars: id })}
          placeholder={fieldText(text, 'asset', 'reference')}
        />
      )}
      <fieldset className={classNames(styles, 'lines', 'whole')}>
        <legend className={classNames(styles, 'legend')}>{text('labels.lines')}</legend>
        {labelFields.map((field) => (
          <Checkbox
            key={field}
            label={fieldText(text, 'asset', field)}
            isSelected={settings.fields.includes(field)}
            onChange={(isChosen) =>
              change({
                fields: isChosen ? [...settings.fields, field] : settings.fields.filter((other) => other !== field),
              })
            }
          />
        ))}
      </fieldset>
      <NumberField
        label={text('labels.shift-x')}
        value={settings.shiftX}
        least={-largestShift}
        most={largestShift}
        description={text('labels.shift-hint')}
        onChange={(shiftX) => change({ shiftX })}
      />
      <NumberField
        label={text('labels.shift-y')}
        value={settings.shiftY}
        least={-largestShift}
        most={largestShift}
        onChange={(shiftY) => change({ shiftY })}
      />
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly description?: string;
  readonly onChange: (value: number) => void;
}

/** A number as people type it, with a comma or a point; what is out of bounds is said and not taken. */
function NumberField({ label, value, least, most, description, onChange }: NumberFieldProps): ReactNode {
  const text = useAssetText();
  const [typed, setTyped] = useState(String(value));
  const number = Number(typed.trim().replace(',', '.'));
  const isGood = typed.trim() !== '' && Number.isFinite(number) && number >= least && number <= most;
  return (
    <TextField
      label={label}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        const given = Number(next.trim().replace(',', '.'));
        if (next.trim() !== '' && given >= least && given <= most) onChange(given);
      }}
      maxLength={6}
      description={description}
      error={isGood ? undefined : text('labels.bad-number', { least, most })}
    />
  );
}
