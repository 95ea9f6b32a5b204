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
        {
          name: text('account.name'),
          cell: ({ name }) => (
            <strong>
              <bdi>{name}</bdi>
            </strong>
          ),
        },
        { name: text('account.person'), cell: ({ person }) => <PersonName id={person} /> },
        {
          name: text('account.roles'),
          cell: ({ roles }) => <span title={roleNames(text, roles)}>{roleNames(text, roles)}</span>,
        },
        { name: text('account.sign-in'), cell: (account) => signInText(text, account) },
        { name: text('account.devices'), cell: ({ name }) => devicesOf(name) },
        {
          name: text('account.state'),
          cell: (account) => (
            <span className={classNames(styles, 'mark')}>
              {account.disabled ? <Lock size={13} aria-hidden /> : <CircleCheck size={13} aria-hidden />}
              {stateOf(account)}
            </span>
          ),
        },
      ]}
    />
  );
}

/** The person an account works as, by the record that is on this device. */
export function PersonName({ id }: { readonly id: string | null }): ReactNode {
  const text = useAdministrationText();
  const { result } = useWatch(id === null ? null : { type: 'record', id });
  if (id === null) return text('account.no-device');
  return <bdi>{result === undefined || result === null ? text('account.person-elsewhere') : rowTitle(result)}</bdi>;
}
