import { Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useServices } from '../../services/services.ts';
import { useNow } from '../../services/use-now.ts';
import { useWatch } from '../../services/use-watch.ts';
import type { Overlay } from '../../store/overlay-slice.ts';
import { classNames } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { rowTitle } from '../../widgets/row-title.ts';
import { TargetCard } from './target-card.tsx';
import { useServiceLevelText } from './service-level-text.ts';
import styles from './targets-dialog.module.css';

const minute = 60_000;

/** Every target of a ticket and the reason of each of its minutes (SLA-6). */
export function TargetsDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const text = useServiceLevelText();
  const { now: clock } = useServices();
  const asOf = Math.floor(useNow(clock) / minute) * minute;
  const id = overlay.ids?.[0] ?? '';
  const { result: record } = useWatch({ type: 'record', id });
  const { result } = useWatch({ type: 'targets', id, asOf });
  return (
    <Dialog
      title={record ? text('targets.title', { title: rowTitle(record) }) : text('targets.heading')}
      closeLabel={text('action.close')}
      onClose={onClose}
      width="wide"
    >
      {result === undefined || result.policyVersion === '' ? null : result.targets.length === 0 ? (
        <EmptyState glyph={<Timer size={22} />} title={text('targets.none')}>
          {text('targets.none-hint')}
        </EmptyState>
      ) : (
        <div className={classNames(styles, 'targets')}>
          {result.targets.map((target) => (
            <TargetCard key={target.level.id} target={target} now={clock()} />
          ))}
          <p className={classNames(styles, 'version')}>{text('targets.version', { version: result.policyVersion })}</p>
        </div>
      )}
    </Dialog>
  );
}
