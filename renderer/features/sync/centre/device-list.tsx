import { Laptop } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { DeviceInfo } from '../../../../shared/sync/protocol-identity.ts';
import type { SyncLink } from '../../../data/sync-api.ts';
import { useServices } from '../../../services/services.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useTimeText } from '../../../widgets/moment.tsx';
import { useSyncText } from '../sync-text.ts';
import styles from './overview.module.css';

/**
 * The devices of the own account, as the endpoint knows them. It is asked when the screen opens and with a first
 * contact; without an answer there is nothing to show, since nothing of it is kept here.
 */
export function DeviceList({
  link,
  lastContactAt,
}: {
  readonly link: SyncLink;
  readonly lastContactAt: number | null;
}): ReactNode {
  const text = useSyncText();
  const { data } = useServices();
  const { short, full } = useTimeText();
  const [devices, setDevices] = useState<readonly DeviceInfo[]>([]);
  // Another device, or a first contact: ask again.
  const asked = lastContactAt === null ? null : link.device;
  useEffect(() => {
    let isShown = true;
    if (asked !== null)
      void data.call('endpointDevices', null).then((answer) => {
        if (isShown && answer.ok) setDevices(answer.value);
      });
    return () => {
      isShown = false;
    };
  }, [data, asked]);
  if (devices.length === 0) return null;
  const lastSeen = ({ device, seenAt, revokedAt }: DeviceInfo): string => {
    if (revokedAt !== null) return text('devices.revoked', { time: short(revokedAt) });
    if (device === link.device) return text('devices.this');
    return seenAt === null ? text('devices.never') : text('devices.seen', { time: short(seenAt) });
  };
  return (
    <section aria-label={text('devices.title')}>
      <h2 className={classNames(styles, 'heading')}>{text('devices.title')}</h2>
      <ul className={classNames(styles, 'rows')}>
        {devices.map((each) => (
          <li key={each.device} className={classNames(styles, 'row', each.revokedAt !== null && 'revoked')}>
            <Laptop size={14} aria-hidden className={classNames(styles, 'icon')} />
            <bdi className={`one-line ${classNames(styles, 'grow')}`}>
              {each.name} <span className={`mono ${classNames(styles, 'quiet')}`}>{each.device}</span>
            </bdi>
            <span
              title={full(each.revokedAt ?? each.seenAt ?? each.enrolledAt)}
              className={classNames(styles, 'quiet')}
            >
              {lastSeen(each)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
