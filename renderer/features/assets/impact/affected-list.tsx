import { ShieldOff, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AffectedRecord, ImpactRecord, ImpactStep, ImpactView } from '../../../data/impact/impact-api.ts';
import { IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { HealthGlyph } from '../../../widgets/health-mark.tsx';
import { useAssetText, type AssetText } from '../asset-text.ts';
import { linkText } from '../link-text.ts';
import styles from './impact-panel.module.css';

interface AffectedListProps {
  readonly view: ImpactView;
  readonly onOpen: (record: ImpactRecord) => void;
  readonly onBar: (record: AffectedRecord) => void;
}

const kinds = ['service', 'asset', 'person'] as const;

/** Everything affected in words, each with the way to it, and what redundancy keeps up. */
export function AffectedList({ view, onOpen, onBar }: AffectedListProps): ReactNode {
  const text = useAssetText();
  return (
    <>
      {kinds.map((kind) => {
        const records = view.affected.filter(({ entity }) => entity === kind);
        const title = text(`impact.${kind}`, { count: view.totals[kind] });
        return records.length === 0 ? null : (
          <section key={kind} aria-label={title} className={classNames(styles, 'group')}>
            <h2 className={classNames(styles, 'heading')}>{title}</h2>
            <ul>
              {records.map((record) => (
                <Affected key={record.id} record={record} onOpen={onOpen} onBar={onBar} />
              ))}
            </ul>
          </section>
        );
      })}
      {view.spared.length === 0 ? null : (
        <section aria-label={text('impact.spared')} className={classNames(styles, 'group')}>
          <h2 className={classNames(styles, 'heading')}>{text('impact.spared')}</h2>
          <ul>
            {view.spared.map((record) => (
              <li key={record.id} className={classNames(styles, 'affected')}>
                <HealthGlyph state="operational" />
                <span className={classNames(styles, 'words')}>
                  <bdi className={classNames(styles, 'name')}>{record.title}</bdi>
                  <span className={classNames(styles, 'way')}>
                    {text('impact.redundancy', { ...record.redundancy })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Affected({
  record,
  onOpen,
  onBar,
}: {
  readonly record: AffectedRecord;
  readonly onOpen: (record: ImpactRecord) => void;
  readonly onBar: (record: AffectedRecord) => void;
}): ReactNode {
  const text = useAssetText();
  const { entity, title, detail, health, path } = record;
  const name = (
    <>
      <bdi className={classNames(styles, 'name')}>{title}</bdi>
      {detail === '' ? null : <bdi className={classNames(styles, 'detail')}>{detail}</bdi>}
    </>
  );
  return (
    <li className={classNames(styles, 'affected')}>
      {entity === 'person' ? <UserRound size={14} aria-hidden /> : <HealthGlyph state={health} />}
      <span className={classNames(styles, 'words')}>
        {entity === 'person' ? (
          <span>{name}</span>
        ) : (
          <button type="button" className={classNames(styles, 'link')} onClick={() => onOpen(record)}>
            {name}
            <span className="visually-hidden">{text(`health.${health}`)}</span>
          </button>
        )}
        <span className={classNames(styles, 'way')}>{wayText(text, path, title)}</span>
      </span>
      {entity === 'asset' ? (
        <IconButton
          size="small"
          label={text('impact.bar', { name: title })}
          icon={<ShieldOff size={14} />}
          onPress={() => onBar(record)}
        />
      ) : null}
    </li>
  );
}

/** The way from what failed, as one sentence: `SW-1 connects HV-1, which is a member of Cluster (2 of 2 down)`. */
function wayText(text: AssetText, path: readonly ImpactStep[], title: string): string {
  const steps = path.map(({ title: from, link, redundancy }, index) => {
    const to = path[index + 1]?.title ?? title;
    const values = { from, link: linkText(text, link), to };
    const step = text('impact.step', values);
    return redundancy === null
      ? step
      : `${step} (${text('impact.down-of', { failed: redundancy.failed, of: redundancy.of })})`;
  });
  return steps.join(' → ');
}
