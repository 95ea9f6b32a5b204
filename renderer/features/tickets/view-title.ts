import { useIntl } from 'react-intl';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk } from '../../store/desk-state.ts';
import { rowTitle } from '../../widgets/row-title.ts';
import { translate } from '../../services/text.ts';
import { findTicketView } from './ticket-views.ts';

/** What a view is called. A queue is called as its record says. */
export function useViewTitle(id: string): string {
  const intl = useIntl();
  const { actor } = useServices();
  const saved = useDesk((desk) => desk.savedViews);
  const queue = id.startsWith('queue:') ? id.slice('queue:'.length) : '';
  const { result } = useWatch(queue === '' ? null : { type: 'record', id: queue });
  const name = queue === '' ? translate(intl, 'view.no-queue') : result?.id === queue ? rowTitle(result) : '';
  const { title } = findTicketView(id, actor.id, saved, () => name);
  return 'key' in title ? translate(intl, title.key) : title.text;
}
