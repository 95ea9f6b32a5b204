import { RefreshCw, UserPlus, UsersRound } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../store/desk-state.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useDeskContext } from '../../widgets/desk.ts';
import { useTimeText } from '../../widgets/moment.tsx';
import { ScreenFrame } from '../../widgets/screen-frame.tsx';
import { AccountsTable } from './accounts-table.tsx';
import { useAdministrationText } from './administration-text.ts';
import { DevicesTable } from './devices-table.tsx';
import { failureText } from './failure-text.ts';
import { administrationViewOf, showAdministration } from './place.ts';
import { useDirectory } from './use-directory.ts';
import styles from './administration-screen.module.css';

/** Who may work at the endpoint, and with which devices. Both are the endpoint's: it is asked whenever this opens. */
export function AdministrationScreen(): ReactNode {
  const text = useAdministrationText();
  const desk = useDeskContext();
  const dispatch = useDeskDispatch();
  const { clock, full } = useTimeText();
  const view = useDesk((state) => administrationViewOf(state.navigation.place.view));
  const isAllowed = useDesk(({ connection }) => connection.roles.includes('administrator'));
  const { result: sync } = useWatch({ type: 'sync' });
  const { directory, state } = useDirectory();
  const url = sync?.link?.url ?? null;
  // Another endpoint, or the first contact with it: ask again.
  const asked = isAllowed ? url : null;
  useEffect(() => {
    if (asked !== null) void directory.load();
  }, [directory, asked]);
  const { accounts, devices, toldAt, failure, isAsking } = state;
  const add = (): void => void dispatch(overlaySlice.actions.openedOverlay({ id: 'account-add' }));
  return (
    <ScreenFrame
      title={text('administration.title')}
      isTabbed
      actions={
        isAllowed ? (
          <>
            {toldAt === null ? null : (
              <span title={full(toldAt)} className={classNames(styles, 'told')}>
                {text('administration.told', { time: clock(toldAt) })}
              </span>
            )}
            <Button icon={<RefreshCw size={14} aria-hidden />} onPress={() => void directory.load()}>
              {text('administration.ask-again')}
            </Button>
            <Button variant="primary" icon={<UserPlus size={14} aria-hidden />} keys="N" onPress={add}>
              {text('command.add-account')}
            </Button>
          </>
        ) : undefined
      }
    >
      {!isAllowed ? (
        <EmptyState glyph={<UsersRound size={22} />} title={text('administration.not-allowed')}>
          {text('administration.not-allowed-hint')}
        </EmptyState>
      ) : (
        <>
          {failure === null ? null : (
            <div className={classNames(styles, 'banner')}>
              <Banner tone="waiting" title={text('administration.needs-endpoint')}>
                {failureText(text, failure)} {toldAt === null ? null : text('administration.shows-told')}
              </Banner>
            </div>
          )}
          {toldAt === null ? (
            <p role="status" className={classNames(styles, 'asking')}>
              {isAsking ? text('administration.asking') : null}
            </p>
          ) : (
            <Tabs
              label={text('administration.title')}
              selected={view}
              onSelect={(id) => showAdministration(desk, administrationViewOf(id))}
              tabs={[
                {
                  id: 'accounts',
                  label: text('accounts.title'),
                  count: accounts.length,
                  content: (
                    <div className={classNames(styles, 'table')}>
                      <AccountsTable accounts={accounts} devices={devices} />
                      {accounts.length > 1 ? null : <FirstSteps onAdd={add} />}
                    </div>
                  ),
                },
                {
                  id: 'devices',
                  label: text('devices.all'),
                  count: devices.filter(({ revokedAt }) => revokedAt === null).length,
                  content: (
                    <div className={classNames(styles, 'table')}>
                      <DevicesTable devices={devices} />
                    </div>
                  ),
                },
              ]}
            />
          )}
        </>
      )}
    </ScreenFrame>
  );
}

/** An endpoint with nobody but its first administrator. */
function FirstSteps({ onAdd }: { readonly onAdd: () => void }): ReactNode {
  const text = useAdministrationText();
  return (
    <EmptyState
      glyph={<UserPlus size={22} />}
      title={text('accounts.alone')}
      action={
        <Button variant="primary" onPress={onAdd}>
          {text('command.add-account')}
        </Button>
      }
    >
      {text('accounts.alone-hint')}
    </EmptyState>
  );
}
