import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import type { SyncLink, SyncState } from '../../../data/sync-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Moment } from '../../../widgets/moment.tsx';
import { roleNames } from '../../../widgets/role-names.ts';
import { useSyncText } from '../sync-text.ts';
import { bytesText, durationText } from './amounts.ts';
import styles from './overview.module.css';

/** A clock that differs by more than this (ms) makes times in the history wrong. */
const clockMatters = 5 * 60_000;

/** For those who want to know: where it is connected, as whom, and what the last exchange carried. */
export function ConnectionFacts({ state, link }: { readonly state: SyncState; readonly link: SyncLink }): ReactNode {
  const text = useSyncText();
  const intl = useIntl();
  const { lastContactAt, lastExchange, clockOffsetMs } = state;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('facts.endpoint'), <bdi key="url">{link.url}</bdi>],
    [text('facts.space'), <bdi key="space">{link.endpointSpace}</bdi>],
    [text('facts.person'), <bdi key="person">{link.personName || link.account}</bdi>],
    [text('facts.roles'), roleNames(text, link.roles)],
    [
      text('facts.device'),
      <span key="device">
        <bdi>{link.deviceName}</bdi> <span className="mono">{link.device}</span>
      </span>,
    ],
    [text('facts.contact'), lastContactAt === null ? text('facts.never') : <Moment key="contact" at={lastContactAt} />],
    ...(lastExchange === null ? [] : [[text('facts.exchange'), exchangeText(lastExchange)] as const]),
    ...(clockOffsetMs === null ? [] : [[text('facts.clock'), clockText(clockOffsetMs)] as const]),
  ];

  function exchangeText({
    operationsOut,
    operationsIn,
    bytesOut,
    bytesIn,
    ms,
    at,
  }: typeof lastExchange & object): ReactNode {
    const speed = ms > 0 ? text('facts.speed', { rate: bytesText(intl, ((bytesOut + bytesIn) * 1_000) / ms) }) : '';
    const values = { out: operationsOut, in: operationsIn, time: durationText(intl, ms) };
    const bytes = text('facts.exchange-bytes', { out: bytesText(intl, bytesOut), in: bytesText(intl, bytesIn) });
    return (
      <>
        {text('facts.exchange-value', values)}
        <span className={classNames(styles, 'quiet')}>
          {' '}
          {[bytes, speed].filter((part) => part !== '').join(' · ')} · <Moment at={at} />
        </span>
      </>
    );
  }
  /** The offset is the endpoint's clock less this one: positive when this one is behind. */
  function clockText(offset: number): ReactNode {
    if (Math.abs(offset) < clockMatters) return text('facts.clock-fine');
    const minutes = Math.round(Math.abs(offset) / 60_000);
    return (
      <span className={classNames(styles, 'warning')}>
        {text(offset > 0 ? 'facts.clock-behind' : 'facts.clock-ahead', { minutes })}
      </span>
    );
  }

  return (
    <section aria-label={text('facts.title')}>
      <h2 className={classNames(styles, 'heading')}>{text('facts.title')}</h2>
      <dl className={classNames(styles, 'list')}>
        {facts.map(([name, value]) => (
          <div key={name} className={classNames(styles, 'fact')}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
