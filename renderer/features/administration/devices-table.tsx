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
        {
          name: text('device.name'),
          cell: ({ name }) => (
            <strong>
              <bdi>{name}</bdi>
            </strong>
          ),
        },
        { name: text('device.account'), cell: ({ account }) => <bdi>{account}</bdi> },
        { name: text('device.id'), cell: ({ device }) => <span className="mono">{device}</span> },
        { name: text('device.since'), cell: ({ enrolledAt }) => <Moment at={enrolledAt} /> },
        {
          name: text('device.seen'),
          cell: ({ seenAt }) => (seenAt === null ? text('device.never') : <Moment at={seenAt} />),
        },
        {
          name: text('device.state'),
          cell: (each) => (
            <span className={classNames(styles, 'mark')}>
              {each.revokedAt === null ? <Laptop size={13} aria-hidden /> : <Lock size={13} aria-hidden />}
              {stateOf(each)}
            </span>
          ),
        },
      ]}
    />
  );
}

function byUse(a: DeviceInfo, b: DeviceInfo): number {
  const over = Number(a.revokedAt !== null) - Number(b.revokedAt !== null);
  return over || (b.seenAt ?? b.enrolledAt) - (a.seenAt ?? a.enrolledAt);
}
