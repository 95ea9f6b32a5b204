import { Siren } from 'lucide-react';
import { useCallback, useMemo, useRef, type ReactNode } from 'react';
import { useStore } from 'react-redux';
import { useWatch } from '../../services/use-watch.ts';
import { useDesk, useDeskDispatch, type DeskState } from '../../store/desk-state.ts';
import { listsSlice } from '../../store/lists-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { VirtualGrid, type GridRow } from '../../ui/virtual-grid.tsx';
import { choiceText } from '../../widgets/choice-text.ts';
import { ListAndRecord } from '../../widgets/list-and-record.tsx';
import { ListHeader, ListPane, ListSearch } from '../../widgets/list-pane.tsx';
import { useRowHeight } from '../../widgets/row-height.ts';
import { rowTitle, textValue } from '../../widgets/row-title.ts';
import { SideCard, SideCardHeading, SideCardText } from '../../widgets/side-card.tsx';
import { SyncMark } from '../../widgets/sync-mark.tsx';
import { TwoLineRow } from '../../widgets/two-line-row.tsx';
import { useListActions } from '../../widgets/use-list-actions.ts';
import { useListRows } from '../../widgets/use-list-rows.ts';
import { majorList } from './major-lists.ts';
import { MajorPane } from './major-pane.tsx';
import { useMajorText } from './major-text.ts';

/** Major incidents, candidates among them, and the open one beside them. */
export function MajorScreen(): ReactNode {
  return (
    <ListAndRecord
      renderList={(previews) => <MajorListPane previews={previews} />}
      renderRecord={(isPage) => <MajorPane isPage={isPage} />}
    />
  );
}

function MajorListPane({ previews }: { readonly previews: boolean }): ReactNode {
  const text = useMajorText();
  const dispatch = useDeskDispatch();
  const store = useStore<DeskState>();
  const lists = useDesk((desk) => desk.lists);
  const openId = useDesk((desk) => desk.navigation.place.record);
  const source = useMemo(() => majorList(lists), [lists]);
  const current = useCallback(() => majorList(store.getState().lists), [store]);
  const { total, rowAt, onVisible } = useListRows(source, current);
  const rowHeight = useRowHeight('list');
  const grid = useRef<HTMLDivElement>(null);
  const opensOnPress = !previews;
  const actions = useListActions({ current, rowAt, total: total ?? 0, previews, opensOnPress, grid, rowHeight });
  const { state, key } = source;
  const gridRow = (index: number): GridRow | undefined => {
    const row = rowAt(index);
    if (row === undefined) return undefined;
    const { values } = row;
    const phase = values['state'] === 'accepted' ? choiceText(text, 'phase', textValue(values, 'phase')) : '';
    const how = [choiceText(text, 'state', textValue(values, 'state')), phase]
      .filter((part) => part !== '')
      .join(' · ');
    return {
      id: row.id,
      isSelected: false,
      isCurrent: row.id === openId,
      label: `${rowTitle(row)}, ${how}`,
      cells: (
        <TwoLineRow
          glyph={<Siren size={14} aria-hidden />}
          title={rowTitle(row)}
          marks={<SyncMark isPending={row.pending} isConflict={row.conflict} />}
          reference=""
          detail={how}
          end={row.titles['incidentManager'] ? <bdi>{row.titles['incidentManager']}</bdi> : null}
          isSelected={false}
          isChoosing={false}
        />
      ),
    };
  };
  return (
    <ListPane label={text('major.title')}>
      <ListHeader title={text('major.title')} total={total} actions={null}>
        <ListSearch
          label={text('major.search')}
          placeholder={text('major.search')}
          value={state.search}
          onChange={(search) => dispatch(listsSlice.actions.filtered({ list: key, search }))}
        />
      </ListHeader>
      <TriggerCard />
      {total === 0 ? (
        <EmptyState glyph={<Siren size={22} />} title={text('major.none')}>
          {text('major.none-hint')}
        </EmptyState>
      ) : (
        <VirtualGrid
          ref={grid}
          label={text('major.title')}
          listKey={state.search}
          rowCount={total ?? 0}
          columnCount={1}
          rowHeight={rowHeight}
          rowAt={gridRow}
          cursor={(total ?? 0) > 0 ? state.cursor : -1}
          onVisible={onVisible}
          onKeyDown={actions.onKeyDown}
          onRowPress={actions.onRowPress}
          onRowOpen={actions.open}
          endPadding={8}
        />
      )}
    </ListPane>
  );
}

/** What the trigger rules would propose, with the reasons. */
function TriggerCard(): ReactNode {
  const text = useMajorText();
  const dispatch = useDeskDispatch();
  const { result } = useWatch({ type: 'major-triggers', limit: 3 });
  if (result === undefined || result.length === 0) return null;
  return (
    <SideCard label={text('major.triggers')}>
      <SideCardHeading>{text('major.triggers')}</SideCardHeading>
      {result.map(({ id, title, reasons }) => (
        <div key={id}>
          <SideCardText>
            <bdi>{title}</bdi>: {reasons.map((reason) => text(`trigger.${reason}`)).join(', ')}
          </SideCardText>
          <Button
            variant="quiet"
            label={text('major.propose-of', { title })}
            onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'major-propose', ids: [id] }))}
          >
            {text('command.major-propose')}
          </Button>
        </div>
      ))}
    </SideCard>
  );
}
