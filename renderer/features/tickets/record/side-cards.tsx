import { History, Mail, MapPin, Monitor, Phone, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SideCard, SideCardName } from '../../../widgets/side-card.tsx';
import { useTicketText } from '../ticket-text.ts';
import { isOpen } from '../ticket-views.ts';
import styles from './side-cards.module.css';

/** Who called, how to reach them, and what else they wait for. */
export function CallerCard({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const caller = textValue(record.values, 'caller');
  const { result: person } = useWatch(caller === '' ? null : { type: 'record', id: caller });
  const open = [isOpen, { field: 'caller', op: 'in', values: [caller] }] as const;
  const { result: counts } = useWatch(caller === '' ? null : { type: 'counts', entity: 'ticket', of: { open } });
  const showTickets = useShowTickets();
  // Until the new record is read the watch still holds the one before: better no card than the wrong person's.
  if (person?.id !== caller) return null;
  const { values, titles } = person;
  return (
    <SideCard label={text('field.ticket.caller')}>
      <div className={classNames(styles, 'head')}>
        <Avatar name={rowTitle(person)} size="large" />
        <div className={classNames(styles, 'name')}>
          <bdi className="one-line">{rowTitle(person)}</bdi>
          <bdi className={classNames(styles, 'detail')}>{textValue(values, 'jobTitle')}</bdi>
        </div>
      </div>
      <Fact glyph={<Phone size={14} />}>{textValue(values, 'phone')}</Fact>
      <Fact glyph={<Mail size={14} />}>{textValue(values, 'email')}</Fact>
      <Fact glyph={<MapPin size={14} />}>{titles['site'] ?? ''}</Fact>
      <Button variant="quiet" icon={<History size={14} />} onPress={() => showTickets('caller', caller)}>
        {text('details.open-tickets', { count: counts?.['open'] ?? 0 })}
      </Button>
    </SideCard>
  );
}

/** What is broken, and whether more is open on it. */
export function AssetCard({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const id = textValue(record.values, 'asset');
  const { result: asset } = useWatch(id === '' ? null : { type: 'record', id });
  const open = [isOpen, { field: 'asset', op: 'in', values: [id] }] as const;
  const { result: counts } = useWatch(id === '' ? null : { type: 'counts', entity: 'ticket', of: { open } });
  const showTickets = useShowTickets();
  // By its id: how it looks is the business of another feature.
  const showImpact = (): void => void dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-impact', ids: [id] }));
  if (asset?.id !== id) return null;
  const { values, titles } = asset;
  return (
    <SideCard label={text('field.ticket.asset')}>
      <SideCardName name={rowTitle(asset)} />
      <Fact glyph={<Monitor size={14} />}>
        {[textValue(values, 'assetClass'), textValue(values, 'serial')].filter((part) => part !== '').join(' · ')}
      </Fact>
      <Fact glyph={<MapPin size={14} />}>{titles['site'] ?? ''}</Fact>
      <Button variant="quiet" icon={<Waypoints size={14} />} onPress={showImpact}>
        {text('details.impact')}
      </Button>
      <Button variant="quiet" icon={<History size={14} />} onPress={() => showTickets('asset', id)}>
        {text('details.open-tickets', { count: counts?.['open'] ?? 0 })}
      </Button>
    </SideCard>
  );
}

function Fact({ glyph, children }: { readonly glyph: ReactNode; readonly children: string }): ReactNode {
  if (children === '') return null;
  return (
    <p className={classNames(styles, 'fact')}>
      {glyph}
      <bdi className={classNames(styles, 'value')}>{children}</bdi>
    </p>
  );
}

/** Shows the open tickets with a value in a field: the list of all open ones, narrowed. */
function useShowTickets(): (field: string, value: string) => void {
  const dispatch = useDeskDispatch();
  return (field, value) => {
    dispatch(
      listsSlice.actions.filtered({
        list: 'all-open',
        where: [isOpen, { field, op: 'in', values: [value] }],
        search: '',
      }),
    );
    dispatch(navigationSlice.actions.wentTo({ screen: 'tickets', view: 'all-open', record: null }));
  };
}
