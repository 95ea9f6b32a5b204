import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

interface CommonProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly description?: string | undefined;
  /** What is wrong and what would be accepted; shown under the field and read with it. */
  readonly error?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly lang?: string;
}

export interface TextFieldProps extends CommonProps {
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly type?: 'text' | 'date' | 'datetime-local' | 'password';
}

function aria({ labelHidden, label, error, isRequired }: CommonProps): {
  readonly 'aria-label'?: string;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
  readonly validationBehavior: 'aria';
} {
  return {
    ...(labelHidden === true ? { 'aria-label': label } : {}),
    isInvalid: error !== undefined,
    isRequired: isRequired === true,
    validationBehavior: 'aria',
  };
}

function FieldTop({ label, labelHidden, isRequired }: CommonProps): ReactNode {
  if (labelHidden === true) return null;
  return <Label className={classNames(styles, 'label', isRequired === true && 'required')}>{label}</Label>;
}

function FieldBottom({ description, error }: CommonProps): ReactNode {
  return (
    <>
      {description === undefined ? null : (
        <Text slot="description" className={classNames(styles, 'description')}>
          {description}
        </Text>
      )}
      {error === undefined ? null : <FieldError className={classNames(styles, 'error')}>{error}</FieldError>}
    </>
  );
}

function inputProps(props: CommonProps): { readonly placeholder?: string; readonly maxLength?: number } {
  return {
    ...(props.placeholder === undefined ? {} : { placeholder: props.placeholder }),
    ...(props.maxLength === undefined ? {} : { maxLength: props.maxLength }),
  };
}

function fieldEvents(props: CommonProps): {
  readonly onBlur?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
} {
  return {
    ...(props.onBlur === undefined ? {} : { onBlur: props.onBlur }),
    ...(props.onKeyDown === undefined ? {} : { onKeyDown: props.onKeyDown }),
  };
}

export function TextField(props: TextFieldProps): ReactNode {
  return (
    <AriaTextField
      {...aria(props)}
      value={props.value}
      onChange={props.onChange}
      isDisabled={props.isDisabled === true}
      autoFocus={props.autoFocus === true}
      type={props.type ?? 'text'}
      className={classNames(styles, 'field')}
    >
      <FieldTop {...props} />
      <Input
        {...inputProps(props)}
        {...fieldEvents(props)}
        ref={props.inputRef ?? null}
        dir="auto"
        className={classNames(styles, 'input')}
      />
      <FieldBottom {...props} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends CommonProps {
  readonly rows?: number;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
}

export function TextArea(props: TextAreaProps): ReactNode {
  return (
    <AriaTextField
      {...aria(props)}
      value={props.value}
      onChange={props.onChange}
      isDisabled={props.isDisabled === true}
      autoFocus={props.autoFocus === true}
      className={classNames(styles, 'field')}
    >
      <FieldTop {...props} />
      <AriaTextArea
        {...inputProps(props)}
        {...fieldEvents(props)}
        ref={props.inputRef ?? null}
        rows={props.rows ?? 3}
        dir="auto"
        className={classNames(styles, 'area')}
      />
      <FieldBottom {...props} />
    </AriaTextField>
  );
}
