import { List, ShieldCheck, Waypoints, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AffectedRecord, ImpactRecord } from '../../../data/impact/impact-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { useAssetText } from '../asset-text.ts';
import { AffectedList } from './affected-list.tsx';
import { ImpactMap } from './impact-map.tsx';
import { useOpenImpacted } from './use-open-impacted.ts';
import styles from './impact-panel.module.css';

const firstLimit = 100;
const mapLimit = 300;

/** Who and what is affected when these assets fail, live: as a list, and as a map for those who like one. */
export function ImpactPanel({
  sources,
  onLeave,
}: {
  readonly sources: readonly string[];
  /** Called before another screen is shown. */
  readonly onLeave?: () => void;
}): ReactNode {
  const text = useAssetText();
  const [look, setLook] = useState<'list' | 'map'>('list');
  const [withContext, setWithContext] = useState(false);
  const [barriers, setBarriers] = useState<readonly ImpactRecord[]>([]);
  const [limit, setLimit] = useState(firstLimit);
  const open = useOpenImpacted(onLeave);
  const { result: view } = useWatch({
    type: 'impact',
    sources,
    barriers: barriers.map(({ id }) => id),
    withContext,
    limit: look === 'map' ? mapLimit : limit,
  });
  if (view === undefined) return null;
  const { totals } = view;
  const total = totals.asset + totals.service + totals.person;
  const names = view.sources.map(({ title }) => title).join(', ');
  const bar = (record: AffectedRecord): void => setBarriers([...barriers, record]);
  return (
    <div className={classNames(styles, 'panel')}>
      <p role="status" className={classNames(styles, 'summary')}>
        {total === 0
          ? text('impact.nothing', { names })
          : text('impact.summary', { names, services: totals.service, assets: totals.asset, people: totals.person })}
      </p>
      <div className={classNames(styles, 'tools')}>
        <Segmented
          label={text('impact.look')}
          value={look}
          onChange={setLook}
          segments={[
            { id: 'list', label: text('impact.list'), glyph: <List size={14} aria-hidden /> },
            { id: 'map', label: text('impact.map'), glyph: <Waypoints size={14} aria-hidden /> },
          ]}
        />
        <Checkbox label={text('impact.with-context')} isSelected={withContext} onChange={setWithContext} />
      </div>
      {barriers.length === 0 ? null : (
        <ul aria-label={text('impact.barriers')} className={classNames(styles, 'barriers')}>
          {barriers.map((barrier) => (
            <li key={barrier.id}>
              <Button
                icon={<X size={13} />}
                label={text('impact.unbar', { name: barrier.title })}
                onPress={() => setBarriers(barriers.filter(({ id }) => id !== barrier.id))}
              >
                {text('impact.barred', { name: barrier.title })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {total === 0 && view.spared.length === 0 ? (
        <EmptyState glyph={<ShieldCheck size={22} />} title={text('impact.none')}>
          {text(view.sources.some(({ isProductive }) => isProductive) ? 'impact.none-hint' : 'impact.not-productive')}
        </EmptyState>
      ) : look === 'map' ? (
        <ImpactMap view={view} onOpen={open} />
      ) : (
        <AffectedList view={view} onOpen={open} onBar={bar} />
      )}
      {look === 'list' && total > view.affected.length ? (
        <div>
          <Button onPress={() => setLimit(limit * 5)}>
            {text('impact.more', { count: total - view.affected.length })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
