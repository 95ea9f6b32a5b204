import { useState, type ReactNode } from 'react';
import { passwordMinLength } from '../../../../shared/sync/protocol-admin.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { useAdministrationText } from '../administration-text.ts';
import styles from './dialogs.module.css';

/** A password for an account whose devices are enrolled. It is sent and forgotten, never shown again. */
export function PasswordForm({
  hasPassword,
  save,
}: {
  readonly hasPassword: boolean;
  /** Null when it was not taken. */
  readonly save: (password: string) => Promise<unknown>;
}): ReactNode {
  const text = useAdministrationText();
  const [isOpen, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  const isShort = password.length < passwordMinLength;
  const submit = async (): Promise<void> => {
    if (isShort || (await save(password)) === null) return;
    setPassword('');
    setOpen(false);
  };
  if (!isOpen)
    return (
      <div className={classNames(styles, 'line')}>
        <Button onPress={() => setOpen(true)}>{text(hasPassword ? 'password.change' : 'password.set')}</Button>
      </div>
    );
  return (
    <div className={classNames(styles, 'password')}>
      <TextField
        label={text('password.new')}
        type="password"
        value={password}
        onChange={setPassword}
        description={text('password.hint', { count: passwordMinLength })}
        error={password !== '' && isShort ? text('password.short', { count: passwordMinLength }) : undefined}
        maxLength={1_000}
        autoFocus
      />
      <Button onPress={() => void submit()}>{text('password.save')}</Button>
    </div>
  );
}
