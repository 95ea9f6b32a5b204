import { useState, type ReactNode } from 'react';
import { roles as allRoles, type Role } from '../../../../shared/domain/permissions.ts';
import type { AccountInfo, CodeAnswer } from '../../../../shared/sync/protocol-admin.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { signInText } from '../accounts-table.tsx';
import { useAdministrationText } from '../administration-text.ts';
import type { Told } from '../directory.ts';
import { failureText } from '../failure-text.ts';
import { useDirectory } from '../use-directory.ts';
import { AccountDevices } from './account-devices.tsx';
import { CodeShown } from './code-shown.tsx';
import { PasswordForm } from './password-form.tsx';
import { QueuePick } from './queue-pick.tsx';
import { RolePick } from './role-pick.tsx';
import styles from './dialogs.module.css';

/** What an administrator does for one account. Roles are saved with the dialog, everything else at once. */
export function AccountDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const { state } = useDirectory();
  const account = state.accounts.find(({ name }) => name === overlay.detail);
  return account === undefined ? null : <AccountForm account={account} onClose={onClose} />;
}

function AccountForm({ account, onClose }: { readonly account: AccountInfo; readonly onClose: () => void }): ReactNode {
  const text = useAdministrationText();
  const { runner } = useDeskContext();
  const { directory, state } = useDirectory();
  const { result: sync } = useWatch({ type: 'sync' });
  const [roles, setRoles] = useState<readonly Role[]>(allRoles.filter((role) => account.roles.includes(role)));
  const [given, setGiven] = useState<CodeAnswer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { name, disabled, person } = account;
  const isOwn = sync?.link?.account === name;
  const hasChanged = roles.join() !== allRoles.filter((role) => account.roles.includes(role)).join();
  const givesUp = isOwn && !roles.includes('administrator');

  /** @returns what was told, null when it failed and the dialog says why */
  const ask = async <Value,>(work: Promise<Told<Value>>, done: string | null): Promise<Value | null> => {
    const answer = await work;
    setFailure(answer.ok ? null : failureText(text, answer.failure));
    if (!answer.ok) return null;
    if (done !== null) runner.tell(done);
    return answer.value;
  };
  const save = async (): Promise<void> => {
    if (roles.length === 0) return;
    if (!hasChanged) return onClose();
    const change = directory.changeAccount(name, { roles: [...roles] });
    if ((await ask(change, text('account.roles-saved', { name }))) !== null) onClose();
  };
  const lock = (): Promise<unknown> =>
    ask(
      directory.changeAccount(name, { disabled: !disabled }),
      text(disabled ? 'account.told-enabled' : 'account.told-locked', { name }),
    );
  const newCode = async (): Promise<void> => setGiven(await ask(directory.giveCode(name), null));

  return (
    <Dialog
      title={<bdi>{name}</bdi>}
      closeLabel={text('action.close')}
      onClose={onClose}
      onSubmit={() => void save()}
      isDismissable={given === null}
      width="wide"
      footer={
        <>
          <Button onPress={onClose}>{text('action.cancel')}</Button>
          <Button variant="primary" keys="Mod+Enter" onPress={() => void save()}>
            {text('account.save-roles')}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'form')}>
        {failure === null ? null : (
          <Banner tone="failure" title={text('account.not-done')}>
            {failure}
          </Banner>
        )}
        {disabled ? <Banner tone="warning">{text('account.locked-hint')}</Banner> : null}
        {given === null ? null : <CodeShown name={name} {...given} />}
        <div className={classNames(styles, 'columns')}>
          <RolePick
            chosen={roles}
            onChange={setRoles}
            error={
              roles.length === 0 ? text('account.roles-empty') : givesUp ? text('account.gives-up-own') : undefined
            }
          />
          <div className={classNames(styles, 'form')}>
            <QueuePick person={person} />
            <section aria-label={text('account.sign-in')} className={classNames(styles, 'group')}>
              <h3 className={classNames(styles, 'legend')}>{text('account.sign-in')}</h3>
              <p className={classNames(styles, 'hint')}>{signInText(text, account)}</p>
              <div className={classNames(styles, 'line')}>
                <Button onPress={() => void newCode()}>{text('code.new')}</Button>
                {isOwn ? null : (
                  <Button variant={disabled ? 'plain' : 'danger'} onPress={() => void lock()}>
                    {text(disabled ? 'account.enable' : 'account.lock')}
                  </Button>
                )}
              </div>
              <p className={classNames(styles, 'hint')}>{text(isOwn ? 'account.own-hint' : 'account.lock-hint')}</p>
              <PasswordForm
                hasPassword={account.hasPassword}
                save={(password) => ask(directory.changeAccount(name, { password }), text('password.saved', { name }))}
              />
            </section>
            <AccountDevices devices={state.devices.filter((device) => device.account === name)} />
          </div>
        </div>
      </div>
    </Dialog>
  );
}
