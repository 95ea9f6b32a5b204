import { CircleHelp, Link2, Network, QrCode } from 'lucide-react';
import { useDeferredValue, type ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { layoutSlice } from '../../../store/layout-slice.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { HealthChip } from '../../../widgets/health-mark.tsx';
import { RecordHeaderFrame, RecordPaneFrame, RecordTitle } from '../../../widgets/record-frame.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { useAssetText } from '../asset-text.ts';
import { ClassGlyph } from '../class-glyph.tsx';
import { ImpactPanel } from '../impact/impact-panel.tsx';
import { DetailsTab } from './details-tab.tsx';
import { RelationsTab } from './relations-tab.tsx';
import styles from './asset-pane.module.css';

const tabIds = ['details', 'relations', 'impact'] as const;

/** The open asset: what it is, what it hangs on, what fails with it. */
export function AssetPane({ isPage }: { readonly isPage: boolean }): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const opened = useDesk((desk) => desk.navigation.place.record);
  const id = useDeferredValue(opened);
  const wanted = useDesk((desk) => desk.layout.assetTab);
  const { result: record, isStale } = useWatch(id === null ? null : { type: 'record', id });
  if (id === null)
    return (
      <Pane>
        <EmptyState glyph={<Network size={22} />} title={text('asset.none')}>
          {text('asset.none-hint')}
        </EmptyState>
      </Pane>
    );
  if (record === undefined) return <Pane>{null}</Pane>;
  if (record === null || record.entity !== 'asset')
    return (
      <Pane>
        {isStale ? null : (
          <EmptyState
            glyph={<CircleHelp size={22} />}
            title={text('asset.gone')}
            action={
              <Button onPress={() => dispatch(navigationSlice.actions.closedRecord())}>{text('record.back')}</Button>
            }
          />
        )}
      </Pane>
    );
  return (
    <Pane>
      <AssetHeader record={record} isPage={isPage} />
      <Tabs
        label={text('asset.tabs')}
        selected={tabIds.find((tab) => tab === wanted) ?? 'details'}
        onSelect={(tab) => dispatch(layoutSlice.actions.changedLayout({ assetTab: tab }))}
        tabs={[
          { id: 'details', label: text('tab.asset-details'), content: <DetailsTab key={record.id} record={record} /> },
          { id: 'relations', label: text('tab.relations'), content: <RelationsTab record={record} /> },
          {
            id: 'impact',
            label: text('tab.impact'),
            content: <ImpactPanel key={record.id} sources={[record.id]} />,
          },
        ]}
      />
    </Pane>
  );
}

function AssetHeader({ record, isPage }: { readonly record: RecordView; readonly isPage: boolean }): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const { result: health } = useWatch({ type: 'health', entity: 'asset', ids: [record.id] });
  const own = health?.[record.id];
  const { values } = record;
  const reference = referenceOf(values);
  const status = textValue(values, 'status');
  return (
    <RecordHeaderFrame
      isPage={isPage}
      reference={reference}
      chips={
        <>
          <Chip glyph={<ClassGlyph baseClass={textValue(values, 'baseClass')} size={14} />}>
            {textValue(values, 'assetClass') ||
              choiceText(text, 'baseClass', textValue(values, 'baseClass') || 'other')}
          </Chip>
          {status === '' ? null : <Chip tone="closed">{choiceText(text, 'status', status)}</Chip>}
          {own === undefined ? null : <HealthChip state={own.state} />}
          <SyncMark isPending={record.pending} isConflict={record.conflicts.length > 0} />
        </>
      }
      actions={
        <>
          <IconButton
            label={text('command.asset-labels')}
            keys="l"
            icon={<QrCode size={16} />}
            onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-labels', ids: [record.id] }))}
          />
          <Button
            icon={<Link2 size={15} />}
            keys="r"
            onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-relate', ids: [record.id] }))}
          >
            {text('command.asset-relate')}
          </Button>
        </>
      }
    >
      <RecordTitle title={rowTitle(record)} />
      {own === undefined || own.state === 'operational' ? null : (
        <p className={classNames(styles, 'cause')}>
          {own.incidents > 0
            ? text('asset.own-incidents', { count: own.incidents })
            : text('asset.because', { names: own.causes.map(({ title }) => title).join(', ') })}
        </p>
      )}
    </RecordHeaderFrame>
  );
}

function Pane({ children }: { readonly children: ReactNode }): ReactNode {
  const text = useAssetText();
  return <RecordPaneFrame label={text('asset.pane')}>{children}</RecordPaneFrame>;
}
