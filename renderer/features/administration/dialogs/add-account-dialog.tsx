import { useState, type ReactNode } from 'react';
import type { Role } from '../../../../shared/domain/permissions.ts';
import type { CodeAnswer } from '../../../../shared/sync/protocol-admin.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useAdministrationText } from '../administration-text.ts';
import { failureText } from '../failure-text.ts';
import { useDirectory } from '../use-directory.ts';
import { CodeShown } from './code-shown.tsx';
import { RolePick } from './role-pick.tsx';
import styles from './dialogs.module.css';

/** A new account, and then the code for its first device. */
export function AddAccountDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useAdministrationText();
  const { directory, state } = useDirectory();
  const [typed, setTyped] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(['desk-agent']);
  const [isSubmitted, setSubmitted] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [given, setGiven] = useState<CodeAnswer | null>(null);
  const name = typed.trim();
  const isTaken = state.accounts.some((account) => account.name === name);

  const add = async (): Promise<void> => {
    setSubmitted(true);
    if (name === '' || isTaken || roles.length === 0 || isAsking) return;
    setAsking(true);
    const answer = await directory.addAccount({ name, roles: [...roles] });
    setAsking(false);
    if (answer.ok) setGiven(answer.value);
    else setFailure(failureText(text, answer.failure));
  };
  if (given !== null)
    return (
      <Dialog
        title={text('account.added')}
        closeLabel={text('action.close')}
        onClose={onClose}
        onSubmit={onClose}
        isDismissable={false}
        footer={
          <Button keys="Mod+Enter" onPress={onClose}>
            {text('code.done')}
          </Button>
        }
      >
        <CodeShown name={name} {...given} />
      </Dialog>
    );
  const nameError = name === '' ? (isSubmitted ? text('account.name-empty') : undefined) : undefined;
  return (
    <Dialog
      title={text('command.add-account')}
      closeLabel={text('action.close')}
      onClose={onClose}
      onSubmit={() => void add()}
      footer={
        <>
          <Button onPress={onClose}>{text('action.cancel')}</Button>
          <Button variant="primary" keys="Mod+Enter" onPress={() => void add()}>
            {text('account.add')}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'form')}>
        {failure === null ? null : (
          <Banner tone="failure" title={text('account.not-added')}>
            {failure}
          </Banner>
        )}
        <TextField
          label={text('account.name')}
          value={typed}
          onChange={setTyped}
          description={text('account.name-hint')}
          error={isTaken ? text('failure.name-taken') : nameError}
          maxLength={100}
          isRequired
          autoFocus
        />
        <RolePick
          chosen={roles}
          onChange={setRoles}
          error={isSubmitted && roles.length === 0 ? text('account.roles-empty') : undefined}
        />
      </div>
    </Dialog>
  );
}
