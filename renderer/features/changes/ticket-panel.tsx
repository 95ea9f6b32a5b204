import { GitPullRequestArrow } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecordView } from '../../data/data-api.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Button } from '../../ui/button.tsx';
import { useDeskContext } from '../../widgets/desk.ts';
import { RecordCombo } from '../../widgets/record-combo.tsx';
import { rowTitle, textValue } from '../../widgets/row-title.ts';
import { SideCard, SideCardHeading, SideCardName } from '../../widgets/side-card.tsx';
import { changesScreen } from './change-list.ts';
import { useChangeText } from './change-text.ts';

/** Beside a ticket: the change that shall solve it, or the way to one (INC-8), and the change that caused it. */
export function ChangeTicketPanel({ record }: { readonly record: RecordView }): ReactNode {
  const text = useChangeText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const id = textValue(record.values, 'change');
  const { result: change } = useWatch(id === '' ? null : { type: 'record', id });
  const cause = textValue(record.values, 'causedBy');
  return (
    <SideCard label={text('entity.change')}>
      <SideCardHeading>{text('entity.change')}</SideCardHeading>
      {id === '' ? (
        <Button
          variant="quiet"
          icon={<GitPullRequestArrow size={14} />}
          onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'change-new', ids: [record.id] }))}
        >
          {text('command.change-from-incident')}
        </Button>
      ) : change?.id === id ? (
        <>
          <SideCardName name={rowTitle(change)} />
          <Button
            variant="quiet"
            icon={<GitPullRequestArrow size={14} />}
            onPress={() => dispatch(navigationSlice.actions.wentTo({ screen: changesScreen, view: 'all', record: id }))}
          >
            {text('change.show')}
          </Button>
        </>
      ) : null}
      {textValue(record.values, 'type') === 'request' ? null : (
        <RecordCombo
          label={text('field.ticket.causedBy')}
          entity="change"
          value={cause === '' ? null : { id: cause, title: record.titles['causedBy'] || text('value.missing') }}
          onChange={(chosen) =>
            void runner.run(
              'ticket.edit',
              { id: record.id, fields: { causedBy: chosen } },
              { done: text('done.caused-by') },
            )
          }
        />
      )}
    </SideCard>
  );
}
