import { Button, FieldError, Label, ListBox, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { ChoiceItem, type Choice } from './choice.tsx';
import { classNames } from './class-names.ts';
import { uniqueById } from './unique-by-id.ts';
import field from './field.module.css';
import popup from './popup.module.css';

export interface SelectProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly placeholder: string;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
}

/** A short, known list. For long or asynchronous lists use ComboBox. */
export function Select(props: SelectProps): ReactNode {
  const known = props.value !== null && props.choices.some((choice) => choice.id === props.value);
  return (
    <AriaSelect
      value={known ? props.value : null}
      onChange={(key) => {
        if (key !== null) props.onChange(String(key));
      }}
      {...(props.labelHidden === true ? { 'aria-label': props.label } : {})}
      placeholder={props.placeholder}
      isRequired={props.isRequired === true}
      isDisabled={props.isDisabled === true}
      isInvalid={props.error !== undefined}
      autoFocus={props.autoFocus === true}
      validationBehavior="aria"
      className={classNames(field, 'field')}
    >
      {props.labelHidden === true ? null : (
        <Label className={classNames(field, 'label', props.isRequired === true && 'required')}>{props.label}</Label>
      )}
      <Button className={classNames(field, 'trigger')}>
        <SelectValue className="one-line">
          {({ isPlaceholder, defaultChildren }) => {
            const chosen = props.choices.find((choice) => choice.id === props.value);
            return isPlaceholder || chosen === undefined ? (
              defaultChildren
            ) : (
              <>
                {chosen.glyph}
                <bdi className="one-line">{chosen.label}</bdi>
              </>
            );
          }}
        </SelectValue>
        <ChevronDown size={14} aria-hidden />
      </Button>
      {props.error === undefined ? null : <FieldError className={classNames(field, 'error')}>{props.error}</FieldError>}
      <Popover offset={4} className={classNames(popup, 'popover')}>
        <ListBox items={uniqueById(props.choices)} className={classNames(popup, 'list')}>
          {(choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
