import { useState, type ReactNode } from 'react';
import type { DeviceInfo } from '../../../../shared/sync/protocol-identity.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTimeText } from '../../../widgets/moment.tsx';
import { useAdministrationText } from '../administration-text.ts';
import { failureText } from '../failure-text.ts';
import { useDirectory } from '../use-directory.ts';
import styles from './dialogs.module.css';

/** One device: what is known of it, and the way to lock it out, which asks because only a new code takes it back. */
export function RevokeDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const { state } = useDirectory();
  const device = state.devices.find((each) => each.device === overlay.detail);
  return device === undefined ? null : <Revoke device={device} onClose={onClose} />;
}

function Revoke({ device, onClose }: { readonly device: DeviceInfo; readonly onClose: () => void }): ReactNode {
  const text = useAdministrationText();
  const { runner } = useDeskContext();
  const { directory } = useDirectory();
  const { exact } = useTimeText();
  const { result: sync } = useWatch({ type: 'sync' });
  const [failure, setFailure] = useState<string | null>(null);
  const { name, account, enrolledAt, seenAt, revokedAt } = device;
  const revoke = async (): Promise<void> => {
    const answer = await directory.revokeDevice(device.device);
    if (!answer.ok) return setFailure(failureText(text, answer.failure));
    onClose();
    runner.tell(text('device.told-revoked', { name }));
  };
  const isOver = revokedAt !== null;
  return (
    <Dialog
      title={isOver ? <bdi>{name}</bdi> : text('device.revoke-title', { name })}
      closeLabel={text('action.close')}
      onClose={onClose}
      {...(isOver ? {} : { onSubmit: () => void revoke() })}
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            {text(isOver ? 'action.close' : 'action.cancel')}
          </Button>
          {isOver ? null : (
            <Button variant="danger" keys="Mod+Enter" onPress={() => void revoke()}>
              {text('device.revoke')}
            </Button>
          )}
        </>
      }
    >
      <div className={classNames(styles, 'form')}>
        {failure === null ? null : (
          <Banner tone="failure" title={text('account.not-done')}>
            {failure}
          </Banner>
        )}
        <p>{text(isOver ? 'device.revoked-hint' : 'device.revoke-hint', { account })}</p>
        {device.device === sync?.link?.device && !isOver ? (
          <Banner tone="warning">{text('device.revoke-own')}</Banner>
        ) : null}
        <dl className={classNames(styles, 'facts')}>
          <Fact name={text('device.account')} value={account} />
          <Fact name={text('device.id')} value={device.device} />
          <Fact name={text('device.since')} value={exact(enrolledAt)} />
          <Fact name={text('device.seen')} value={seenAt === null ? text('device.never') : exact(seenAt)} />
          {revokedAt === null ? null : <Fact name={text('device.revoked')} value={exact(revokedAt)} />}
        </dl>
      </div>
    </Dialog>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}
