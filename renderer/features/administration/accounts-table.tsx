import { CircleCheck, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountInfo } from '../../../shared/sync/protocol-admin.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { classNames } from '../../ui/class-names.ts';
import { roleNames } from '../../widgets/role-names.ts';
import { rowTitle } from '../../widgets/row-title.ts';
import { useAdministrationText, type AdministrationText } from './administration-text.ts';
import type { DirectoryState } from './directory.ts';
import { DirectoryTable } from './directory-table.tsx';
import styles from './directory-table.module.css';

/** How an account gets in, besides codes. */
export function signInText(text: AdministrationText, { isFromProvider, hasPassword }: AccountInfo): string {
  if (isFromProvider) return text('account.by-provider');
  return text(hasPassword ? 'account.by-password' : 'account.by-code');
}

export function AccountsTable({ accounts, devices }: Pick<DirectoryState, 'accounts' | 'devices'>): ReactNode {
  const text = useAdministrationText();
  const dispatch = useDeskDispatch();
  const devicesOf = (name: string): number =>
    devices.filter(({ account, revokedAt }) => account === name && revokedAt === null).length;
  const stateOf = ({ disabled }: AccountInfo): string => text(disabled ? 'account.locked' : 'account.active');
  const cellsOf = (account: AccountInfo): readonly ReactNode[] => {
    const roles = roleNames(text, account.roles);
    return [
      <strong key="name">
        <bdi>{account.name}</bdi>
      </strong>,
      <PersonName key="person" id={account.person} />,
      <span key="roles" title={roles}>
        {roles}
      </span>,
      signInText(text, account),
      devicesOf(account.name),
      <span key="state" className={classNames(styles, 'mark')}>
        {account.disabled ? <Lock size={13} aria-hidden /> : <CircleCheck size={13} aria-hidden />}
        {stateOf(account)}
      </span>,
    ];
  };
  return (
    <DirectoryTable
      label={text('accounts.title')}
      listKey="accounts"
      widths="accounts"
      items={accounts}
      idOf={({ name }) => name}
      labelOf={(account) => [account.name, roleNames(text, account.roles), stateOf(account)].join(', ')}
      isOver={({ disabled }) => disabled}
      onOpen={({ name }) => void dispatch(overlaySlice.actions.openedOverlay({ id: 'account', detail: name }))}
      columns={[
        text('account.name'),
        text('account.person'),
        text('account.roles'),
        text('account.sign-in'),
        text('account.devices'),
        text('account.state'),
      ]}
      cellsOf={cellsOf}
    />
  );
}

/** The person an account works as, by the record that is on this device. */
function PersonName({ id }: { readonly id: string | null }): ReactNode {
  const text = useAdministrationText();
  const { result } = useWatch(id === null ? null : { type: 'record', id });
  if (id === null) return text('account.no-device');
  return <bdi>{result === undefined || result === null ? text('account.person-elsewhere') : rowTitle(result)}</bdi>;
}
