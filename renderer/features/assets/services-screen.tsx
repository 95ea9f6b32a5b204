import { Plus, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Row } from '../../data/data-api.ts';
import type { HealthView } from '../../data/impact/impact-api.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NameButton, PlainTable } from '../../ui/plain-table.tsx';
import { fieldText } from '../../widgets/choice-text.ts';
import { HealthChip } from '../../widgets/health-mark.tsx';
import { rowTitle, textValue } from '../../widgets/row-title.ts';
import { ScreenBody, ScreenFrame } from '../../widgets/screen-frame.tsx';
import { assetsScreen } from './asset-list.ts';
import { useAssetText } from './asset-text.ts';
import styles from './services-screen.module.css';

/** Nobody runs more services than this. */
const shownAtMost = 500;
const ranks = { incident: 0, warning: 1, operational: 2 } as const;

/** Every service with its health, the troubled ones first, and what they suffer from. */
export function ServicesScreen(): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const { result } = useWatch({
    type: 'list',
    entity: 'service',
    where: [{ field: 'active', op: 'not-in', values: ['false'] }],
    search: '',
    sort: [{ field: 'name', direction: 'ascending' }],
    offset: 0,
    limit: shownAtMost,
  });
  const ids = (result?.rows ?? []).map(({ id }) => id);
  const { result: health } = useWatch(ids.length === 0 ? null : { type: 'health', entity: 'service', ids });
  const rank = (row: Row): number => ranks[health?.[row.id]?.state ?? 'operational'];
  const rows = (result?.rows ?? []).toSorted((left, right) => rank(left) - rank(right));
  const edit = (id?: string): void =>
    void dispatch(overlaySlice.actions.openedOverlay({ id: 'service', ...(id === undefined ? {} : { ids: [id] }) }));
  return (
    <ScreenFrame
      title={text('services.title')}
      actions={
        <Button variant="primary" icon={<Plus size={15} />} onPress={() => edit()}>
          {text('services.new')}
        </Button>
      }
    >
      {result?.total === 0 ? (
        <EmptyState glyph={<Workflow size={22} />} title={text('services.none')}>
          {text('services.none-hint')}
        </EmptyState>
      ) : (
        <ScreenBody>
          <PlainTable
            columns={[
              fieldText(text, 'service', 'name'),
              text('services.health'),
              text('services.because'),
              fieldText(text, 'service', 'minUp'),
              fieldText(text, 'service', 'supportQueue'),
            ]}
          >
            {rows.map((row) => (
              <ServiceRow key={row.id} row={row} health={health?.[row.id]} onEdit={() => edit(row.id)} />
            ))}
          </PlainTable>
        </ScreenBody>
      )}
    </ScreenFrame>
  );
}

interface ServiceRowProps {
  readonly row: Row;
  readonly health: HealthView | undefined;
  readonly onEdit: () => void;
}

function ServiceRow({ row, health, onEdit }: ServiceRowProps): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  return (
    <tr>
      <td>
        <NameButton name={rowTitle(row)} onPress={onEdit} />
      </td>
      <td>{health === undefined ? null : <HealthChip state={health.state} />}</td>
      <td>
        <span className={classNames(styles, 'causes')}>
          {(health?.causes ?? []).map(({ id, title }) => (
            <NameButton
              key={id}
              name={title}
              onPress={() => dispatch(navigationSlice.actions.wentTo({ screen: assetsScreen, view: '', record: id }))}
            />
          ))}
        </span>
      </td>
      <td>{textValue(row.values, 'minUp') || text('services.all-needed')}</td>
      <td>
        <bdi>{row.titles['supportQueue'] ?? ''}</bdi>
      </td>
    </tr>
  );
}
