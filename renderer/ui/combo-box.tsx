import { Button, ComboBox as AriaComboBox, FieldError, Input, Label, ListBox, Popover } from 'react-aria-components';
import { ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ChoiceItem, type Choice } from './choice.tsx';
import { classNames } from './class-names.ts';
import { uniqueById } from './unique-by-id.ts';
import field from './field.module.css';
import popup from './popup.module.css';

export interface ComboBoxProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  /** What matches the query now; the caller searches, nothing is filtered here. */
  readonly choices: readonly Choice[];
  readonly onQuery: (text: string) => void;
  readonly value: Choice | null;
  /** Null when the person emptied the field and left it. */
  readonly onChange: (id: string | null) => void;
  readonly placeholder: string;
  /** Shown when nothing matches. */
  readonly emptyText: string;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
}

/** Choose one record by typing a part of its name. Leaving the field without a choice restores what was there. */
export function ComboBox(props: ComboBoxProps): ReactNode {
  const { value, onChange, onQuery } = props;
  // What is being typed; null while the field shows its value.
  const [typed, setTyped] = useState<string | null>(null);

  // An emptied field clears the value when it is left and not on the way to another choice.
  const leave = (): void => {
    if (typed === '' && value !== null) onChange(null);
    setTyped(null);
    onQuery('');
  };

  return (
    <AriaComboBox
      items={uniqueById(props.choices)}
      value={value?.id ?? null}
      onChange={(key) => {
        if (key === null) return;
        setTyped(null);
        if (String(key) !== value?.id) onChange(String(key));
      }}
      inputValue={typed ?? value?.label ?? ''}
      onInputChange={(text) => {
        if (text === (typed ?? value?.label ?? '')) return;
        setTyped(text);
        onQuery(text);
      }}
      onBlur={leave}
      allowsEmptyCollection
      menuTrigger="focus"
      {...(props.labelHidden === true ? { 'aria-label': props.label } : {})}
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
      <div className={classNames(field, 'group')}>
        <Input
          dir="auto"
          placeholder={props.placeholder}
          onFocus={(event) => event.currentTarget.select()}
          className={classNames(field, 'inner')}
        />
        <Button className={classNames(field, 'open')}>
          <ChevronDown size={14} aria-hidden />
        </Button>
      </div>
      {props.error === undefined ? null : <FieldError className={classNames(field, 'error')}>{props.error}</FieldError>}
      <Popover offset={4} className={classNames(popup, 'popover')}>
        <ListBox
          items={uniqueById(props.choices)}
          renderEmptyState={() => <div className={classNames(popup, 'empty')}>{props.emptyText}</div>}
          className={classNames(popup, 'list')}
        >
          {(choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
