import { ClipboardCheck, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { NameButton, PlainTable } from '../../../ui/plain-table.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { Moment } from '../../../widgets/moment.tsx';
import { rowTitle, textValue } from '../../../widgets/row-title.ts';
import { ScreenBody, ScreenFrame } from '../../../widgets/screen-frame.tsx';
import { useAssetText } from '../asset-text.ts';
import { Counting } from './counting.tsx';

const shownAtMost = 200;
const shownFields = ['name', 'site', 'startedAt', 'state', 'foundCount', 'misplacedCount', 'missingCount'] as const;

/** The stock-takes of the space, or the one that is being counted. */
export function StockTakeScreen(): ReactNode {
  const open = useDesk((desk) => desk.navigation.place.record);
  return open === null ? <StockTakes /> : <Counting key={open} id={open} />;
}

function StockTakes(): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const { result } = useWatch({
    type: 'list',
    entity: 'stock-take',
    where: [{ field: 'active', op: 'not-in', values: ['false'] }],
    search: '',
    sort: [{ field: 'startedAt', direction: 'descending' }],
    offset: 0,
    limit: shownAtMost,
  });
  const begin = (
    <Button
      variant="primary"
      icon={<Plus size={15} />}
      onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'stock-take-new' }))}
    >
      {text('stock-takes.new')}
    </Button>
  );
  return (
    <ScreenFrame title={text('stock-takes.title')} actions={begin}>
      {result?.total === 0 ? (
        <EmptyState glyph={<ClipboardCheck size={22} />} title={text('stock-takes.none')}>
          {text('stock-takes.none-hint')}
        </EmptyState>
      ) : (
        <ScreenBody>
          <PlainTable columns={shownFields.map((field) => fieldText(text, 'stock-take', field))}>
            {(result?.rows ?? []).map((row) => (
              <tr key={row.id}>
                <td>
                  <NameButton
                    name={rowTitle(row)}
                    onPress={() => dispatch(navigationSlice.actions.openedRecord(row.id))}
                  />
                </td>
                <td>
                  <bdi>{row.titles['site'] ?? ''}</bdi>
                </td>
                <td>{typeof row.values['startedAt'] === 'number' ? <Moment at={row.values['startedAt']} /> : null}</td>
                <td>{choiceText(text, 'state', textValue(row.values, 'state') || 'counting')}</td>
                <td>{textValue(row.values, 'foundCount')}</td>
                <td>{textValue(row.values, 'misplacedCount')}</td>
                <td>{textValue(row.values, 'missingCount')}</td>
              </tr>
            ))}
          </PlainTable>
        </ScreenBody>
      )}
    </ScreenFrame>
  );
}
