import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { isFinished } from '../../../../shared/domain/ticket/ticket-values.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { LinkedRow } from '../../../widgets/record-frame.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { StateGlyph } from '../../../widgets/state-glyph.tsx';
import { useTicketText } from '../ticket-text.ts';
import { drawnState, elementsOf } from '../ticket-values.ts';
import { ReferenceInPlace } from './fields-in-place.tsx';
import { useSaveField } from './use-save-field.ts';
import styles from './related-tab.module.css';

const childrenShown = 100;

/** The ticket above, those below, and those beside it. */
export function RelatedTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const save = useSaveField(record.id);
  const links = elementsOf(record.values, 'links');
  const { result: children } = useWatch({
    type: 'list',
    entity: 'ticket',
    where: [{ field: 'parent', op: 'in', values: [record.id] }],
    search: '',
    sort: [{ field: 'openedAt', direction: 'descending' }],
    offset: 0,
    limit: childrenShown,
  });
  const unlink = (other: string): void => {
    void runner.run('ticket.unlink', { id: record.id, other }, { done: text('done.unlink') });
  };
  return (
    <div className={classNames(styles, 'tab')}>
      <div className={classNames(styles, 'parent')}>
        <ReferenceInPlace
          record={record}
          field="parent"
          entity="ticket"
          save={save}
          isDisabled={isFinished(record.values)}
        />
      </div>
      <section aria-label={text('field.ticket.links')} className={classNames(styles, 'group')}>
        <h2>{text('field.ticket.links')}</h2>
        {links.map((id) => (
          <LinkedTicket key={id} id={id} onRemove={() => unlink(id)} />
        ))}
        {links.length === 0 ? (
          <EmptyState glyph={<Link2 size={20} />} title={text('related.none')}>
            {text('related.none-hint')}
          </EmptyState>
        ) : null}
        <div>
          <Button
            icon={<Link2 size={14} />}
            onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'ticket-link', ids: [record.id] }))}
          >
            {text('command.link')}
          </Button>
        </div>
      </section>
      {children === undefined || children.total === 0 ? null : (
        <section aria-label={text('related.children')} className={classNames(styles, 'group')}>
          <h2>{text('related.children')}</h2>
          {children.rows.map((row) => (
            <LinkedTicket key={row.id} id={row.id} />
          ))}
        </section>
      )}
    </div>
  );
}

function LinkedTicket({ id, onRemove }: { readonly id: string; readonly onRemove?: () => void }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const { result } = useWatch({ type: 'record', id });
  if (result === undefined) return null;
  const name = result === null ? text('value.missing') : rowTitle(result);
  return (
    <LinkedRow
      isDisabled={result === null}
      onOpen={() => dispatch(navigationSlice.actions.openedRecord(id))}
      {...(onRemove === undefined ? {} : { onRemove, removeLabel: text('details.remove', { name }) })}
    >
      {result === null ? null : (
        <>
          <StateGlyph state={drawnState(result.values)} />
          <bdi className="mono">{referenceOf(result.values)}</bdi>
          <span className="visually-hidden">{textValue(result.values, 'state')}</span>
        </>
      )}
      <bdi className="one-line">{name}</bdi>
    </LinkedRow>
  );
}
