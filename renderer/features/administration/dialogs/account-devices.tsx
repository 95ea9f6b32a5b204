import { Laptop, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DeviceInfo } from '../../../../shared/sync/protocol-identity.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Moment } from '../../../widgets/moment.tsx';
import { useAdministrationText } from '../administration-text.ts';
import styles from './dialogs.module.css';

/** The devices of one account, each with the way to lock it out. */
export function AccountDevices({ devices }: { readonly devices: readonly DeviceInfo[] }): ReactNode {
  const text = useAdministrationText();
  const dispatch = useDeskDispatch();
  return (
    <section aria-label={text('account.devices')} className={classNames(styles, 'group')}>
      <h3 className={classNames(styles, 'legend')}>{text('account.devices')}</h3>
      {devices.length === 0 ? (
        <p className={classNames(styles, 'hint')}>{text('account.devices-none')}</p>
      ) : (
        <ul className={classNames(styles, 'devices')}>
          {devices.map(({ device, name, seenAt, revokedAt }) => (
            <li key={device}>
              {revokedAt === null ? <Laptop size={14} aria-hidden /> : <Lock size={14} aria-hidden />}
              <bdi className={`one-line ${classNames(styles, 'grow')}`}>{name}</bdi>
              <span className={classNames(styles, 'hint')}>
                {revokedAt !== null ? (
                  text('device.revoked')
                ) : seenAt === null ? (
                  text('device.never')
                ) : (
                  <Moment at={seenAt} />
                )}
              </span>
              {revokedAt === null ? (
                <Button
                  variant="quiet"
                  label={text('device.revoke-named', { name })}
                  onPress={() =>
                    void dispatch(overlaySlice.actions.openedOverlay({ id: 'device-revoke', detail: device }))
                  }
                >
                  {text('device.revoke')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
