import { Siren } from 'lucide-react';
import type { ReactNode } from 'react';
import { majorIdOf } from '../../../shared/domain/major-incident/major-incident.ts';
import { mayBeMajor } from '../../../shared/domain/major-incident/trigger-rules.ts';
import type { RecordView } from '../../data/data-api.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Button } from '../../ui/button.tsx';
import { choiceText } from '../../widgets/choice-text.ts';
import { textValue } from '../../widgets/row-title.ts';
import { SideCard, SideCardHeading, SideCardText } from '../../widgets/side-card.tsx';
import { majorScreen } from './major-lists.ts';
import { useMajorText } from './major-text.ts';

/** Beside an incident: how it stands as a major one, or the way to propose it. */
export function MajorTicketPanel({ record }: { readonly record: RecordView }): ReactNode {
  const text = useMajorText();
  const dispatch = useDeskDispatch();
  const { result: leading } = useWatch({
    type: 'list',
    entity: 'major-incident',
    where: [{ field: 'lead', op: 'in', values: [record.id] }],
    search: '',
    sort: [],
    offset: 0,
    limit: 1,
  });
  const ownId = majorIdOf(record.id);
  const { result: own } = useWatch({ type: 'record', id: ownId });
  const found = leading?.rows[0] ?? (own?.id === ownId ? own : null);
  const mayPropose = mayBeMajor(record.values) && (found === null || found.values['state'] === 'rejected');
  if (found === null && !mayPropose) return null;
  return (
    <SideCard label={text('major.one')}>
      <SideCardHeading>{text('major.one')}</SideCardHeading>
      {found === null ? null : (
        <>
          <SideCardText>
            {choiceText(text, 'state', textValue(found.values, 'state'))}
            {found.values['state'] === 'accepted'
              ? ` · ${choiceText(text, 'phase', textValue(found.values, 'phase'))}`
              : ''}
          </SideCardText>
          <Button
            variant="quiet"
            icon={<Siren size={14} />}
            onPress={() =>
              dispatch(navigationSlice.actions.wentTo({ screen: majorScreen, view: '', record: found.id }))
            }
          >
            {text('major.show')}
          </Button>
        </>
      )}
      {mayPropose ? (
        <Button
          variant="quiet"
          icon={<Siren size={14} />}
          onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'major-propose', ids: [record.id] }))}
        >
          {text('command.major-propose')}
        </Button>
      ) : null}
    </SideCard>
  );
}
