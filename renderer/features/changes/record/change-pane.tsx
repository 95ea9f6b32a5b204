import { CircleHelp, GitPullRequestArrow, ShieldAlert, Waypoints } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { changeMachines } from '../../../../shared/domain/change-request/change-lifecycle.ts';
import { changeTypeOf } from '../../../../shared/domain/change-request/change-phase.ts';
import { itemsOf } from '../../../../shared/domain/change-request/change-items.ts';
import type { ChangeView } from '../../../data/changes/changes-api.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { RecordHeaderFrame, RecordPaneFrame, RecordTitle } from '../../../widgets/record-frame.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { useChangeText } from '../change-text.ts';
import { PhaseChip, readPhase } from '../phase-chip.tsx';
import { ApprovalsTab } from './approvals-tab.tsx';
import { ConflictList } from './conflict-list.tsx';
import { PlanTab } from './plan-tab.tsx';
import { RiskTab } from './risk-tab.tsx';
import { WorkTab } from './work-tab.tsx';

/** The open change. */
export function ChangePane({ isPage }: { readonly isPage: boolean }): ReactNode {
  const text = useChangeText();
  const dispatch = useDeskDispatch();
  const id = useDeferredValue(useDesk((desk) => desk.navigation.place.record));
  const { result: record, isStale } = useWatch(id === null ? null : { type: 'record', id });
  const { result: view } = useWatch(id === null ? null : { type: 'change', id });
  const pane = (children: ReactNode): ReactNode => (
    <RecordPaneFrame label={text('change.pane')}>{children}</RecordPaneFrame>
  );
  if (id === null)
    return pane(
      <EmptyState glyph={<GitPullRequestArrow size={22} />} title={text('change.none')}>
        {text('change.none-hint')}
      </EmptyState>,
    );
  if (record === undefined || view === undefined) return pane(null);
  if (record?.entity === 'change' && view !== null)
    return pane(<ChangeRecord key={record.id} record={record} view={view} isPage={isPage} />);
  if (isStale) return pane(null);
  return pane(
    <EmptyState
      glyph={<CircleHelp size={22} />}
      title={text('change.gone')}
      action={<Button onPress={() => dispatch(navigationSlice.actions.closedRecord())}>{text('record.back')}</Button>}
    />,
  );
}

interface ChangeRecordProps {
  readonly record: RecordView;
  readonly view: ChangeView;
  readonly isPage: boolean;
}

function ChangeRecord({ record, view, isPage }: ChangeRecordProps): ReactNode {
  const text = useChangeText();
  const dispatch = useDeskDispatch();
  const [tab, setTab] = useState('plan');
  const items = itemsOf(record.values);
  const { risk } = view.risk;
  return (
    <>
      <RecordHeaderFrame
        isPage={isPage}
        reference={referenceOf(record.values)}
        chips={
          <>
            <PhaseChip phase={readPhase(view.phase)} />
            <Chip>{choiceText(text, 'type', textValue(record.values, 'type'))}</Chip>
            {risk === null ? null : (
              <Chip
                tone={risk === 'high' ? 'critical' : risk === 'moderate' ? 'moderate' : 'low'}
                glyph={<ShieldAlert size={14} aria-hidden />}
              >
                {text(`risk.${risk}`)}
              </Chip>
            )}
            <SyncMark isPending={record.pending} isConflict={record.conflicts.length > 0} />
          </>
        }
        actions={<MoveButtons record={record} view={view} />}
      >
        <RecordTitle title={rowTitle(record)} />
        <ConflictList conflicts={view.conflicts} />
      </RecordHeaderFrame>
      <Tabs
        label={text('change.tabs')}
        selected={tab}
        onSelect={setTab}
        aside={
          items.length === 0 ? null : (
            <Button
              variant="quiet"
              icon={<Waypoints size={14} />}
              onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-impact', ids: items }))}
            >
              {text('change.impact')}
            </Button>
          )
        }
        tabs={[
          { id: 'plan', label: text('tab.change-plan'), content: <PlanTab record={record} view={view} /> },
          {
            id: 'approvals',
            label: text('tab.change-approvals'),
            content: <ApprovalsTab record={record} view={view} />,
          },
          { id: 'risk', label: text('tab.change-risk'), content: <RiskTab record={record} view={view} /> },
          { id: 'work', label: text('tab.change-work'), content: <WorkTab record={record} view={view} /> },
        ]}
      />
    </>
  );
}

const withDialog: ReadonlySet<string> = new Set(['close', 'cancel']);

/** What can be done now, as the machine of its type says. */
function MoveButtons({ record, view }: Omit<ChangeRecordProps, 'isPage'>): ReactNode {
  const text = useChangeText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const moves = changeMachines[changeTypeOf(record.values)].transitions.filter(
    ({ from }) => view.phase !== null && from.includes(view.phase),
  );
  return (
    <>
      {moves.map(({ move }, index) => (
        <Button
          key={move}
          variant={index === 0 && move !== 'revert' ? 'primary' : 'plain'}
          onPress={() => {
            if (withDialog.has(move))
              dispatch(overlaySlice.actions.openedOverlay({ id: 'change-move', ids: [record.id], detail: move }));
            else void runner.run(`change.${move}`, { id: record.id }, { done: text(`done.change.${move}`) });
          }}
        >
          {text(`move.${move}`)}
        </Button>
      ))}
    </>
  );
}
