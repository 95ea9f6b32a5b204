import { Laptop, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DeviceInfo } from '../../../shared/sync/protocol-identity.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { classNames } from '../../ui/class-names.ts';
import { Moment } from '../../widgets/moment.tsx';
import { useAdministrationText } from './administration-text.ts';
import { DirectoryTable } from './directory-table.tsx';
import styles from './directory-table.module.css';

/** Every device that was ever enrolled; those in use first, last seen first. */
export function DevicesTable({ devices }: { readonly devices: readonly DeviceInfo[] }): ReactNode {
  const text = useAdministrationText();
  const dispatch = useDeskDispatch();
  const { result: sync } = useWatch({ type: 'sync' });
  const own = sync?.link?.device;
  const stateOf = ({ revokedAt, device }: DeviceInfo): string =>
    text(revokedAt !== null ? 'device.revoked' : device === own ? 'device.this' : 'device.active');
  const cellsOf = (each: DeviceInfo): readonly ReactNode[] => [
    <strong key="name">
      <bdi>{each.name}</bdi>
    </strong>,
    <bdi key="account">{each.account}</bdi>,
    <span key="id" className="mono">
      {each.device}
    </span>,
    <Moment key="since" at={each.enrolledAt} />,
    each.seenAt === null ? text('device.never') : <Moment key="seen" at={each.seenAt} />,
    <span key="state" className={classNames(styles, 'mark')}>
      {each.revokedAt === null ? <Laptop size={13} aria-hidden /> : <Lock size={13} aria-hidden />}
      {stateOf(each)}
    </span>,
  ];
  return (
    <DirectoryTable
      label={text('devices.all')}
      listKey="devices"
      widths="devices"
      items={devices.toSorted(byUse)}
      idOf={({ device }) => device}
      labelOf={(each) => [each.name, each.account, each.device, stateOf(each)].join(', ')}
      isOver={({ revokedAt }) => revokedAt !== null}
      onOpen={({ device }) =>
        void dispatch(overlaySlice.actions.openedOverlay({ id: 'device-revoke', detail: device }))
      }
      columns={[
        text('device.name'),
        text('device.account'),
        text('device.id'),
        text('device.since'),
        text('device.seen'),
        text('device.state'),
      ]}
      cellsOf={cellsOf}
    />
  );
}

function byUse(a: DeviceInfo, b: DeviceInfo): number {
  const over = Number(a.revokedAt !== null) - Number(b.revokedAt !== null);
  return over || (b.seenAt ?? b.enrolledAt) - (a.seenAt ?? a.enrolledAt);
}
