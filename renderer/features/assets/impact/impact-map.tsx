import { useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import type { ImpactRecord, ImpactView, RedundancyView } from '../../../data/impact/impact-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { HealthGlyph } from '../../../widgets/health-mark.tsx';
import { useAssetText } from '../asset-text.ts';
import { layoutImpact, type PlacedNode } from './layout-impact.ts';
import { stepInMap } from './step-in-map.ts';
import styles from './impact-map.module.css';

/** px. */
const size = { column: 220, place: 52, width: 168, height: 38, margin: 14 } as const;

interface MapRecord extends ImpactRecord {
  readonly redundancy?: RedundancyView;
}

/**
 * The failed things at the left, what fails with them to the right; one tab stop, arrow keys go along the lines. The
 * list tells the same in words.
 */
export function ImpactMap({
  view,
  onOpen,
}: {
  readonly view: ImpactView;
  readonly onOpen: (record: ImpactRecord) => void;
}): ReactNode {
  const text = useAssetText();
  const layout = useMemo(() => layoutImpact(view), [view]);
  const records = useMemo(
    () =>
      new Map<string, MapRecord>([...view.sources, ...view.affected, ...view.spared].map((each) => [each.id, each])),
    [view],
  );
  const places = new Map(layout.nodes.map((node) => [node.id, node]));
  const [focused, setFocused] = useState('');
  const map = useRef<HTMLDivElement>(null);
  const tabStop = places.has(focused) ? focused : (layout.nodes[0]?.id ?? '');
  const box = {
    inlineSize: layout.columns * size.column - (size.column - size.width) + 2 * size.margin,
    blockSize: layout.places * size.place + 2 * size.margin,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = stepInMap(event.key, tabStop, layout.nodes, view.links);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    setFocused(to);
    map.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(to)}"]`)?.focus();
  };
  return (
    <section aria-label={text('impact.map')} className={classNames(styles, 'scroller')}>
      <div ref={map} className={classNames(styles, 'map')} style={box}>
        <svg aria-hidden width={box.inlineSize} height={box.blockSize} className={classNames(styles, 'lines')}>
          {view.links.map(({ from, to }) => {
            const [start, end] = [places.get(from), places.get(to)];
            if (!start || !end || start.column >= end.column) return null;
            const isFocused = from === focused || to === focused;
            const isSpared = records.get(to)?.redundancy !== undefined;
            return (
              <path
                key={`${from}-${to}`}
                d={lineOf(start, end)}
                className={classNames(styles, 'line', isSpared && 'spared', isFocused && 'near')}
              />
            );
          })}
        </svg>
        <ul className={classNames(styles, 'nodes')}>
          {layout.nodes.map((node) => {
            const record = records.get(node.id);
            return record === undefined ? null : (
              <li key={node.id} className={classNames(styles, 'place')} style={placeOf(node)}>
                <MapNode
                  record={record}
                  isSource={node.column === 0}
                  isTabStop={node.id === tabStop}
                  onFocus={() => setFocused(node.id)}
                  onKeyDown={onKeyDown}
                  onOpen={() => onOpen(record)}
                />
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

interface MapNodeProps {
  readonly record: MapRecord;
  readonly isSource: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onOpen: () => void;
}

function MapNode({ record, isSource, isTabStop, onFocus, onKeyDown, onOpen }: MapNodeProps): ReactNode {
  const text = useAssetText();
  const { id, title, detail, health, redundancy, entity } = record;
  const below =
    redundancy === undefined
      ? entity === 'service'
        ? text('entity.service')
        : detail
      : text('impact.down-of', { failed: redundancy.failed, of: redundancy.of });
  return (
    <button
      type="button"
      data-node={id}
      tabIndex={isTabStop ? 0 : -1}
      title={title}
      className={classNames(styles, 'node', isSource && 'source', redundancy !== undefined && 'kept')}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onOpen}
    >
      <HealthGlyph state={health} />
      <span className={classNames(styles, 'words')}>
        <bdi className="one-line">{title}</bdi>
        <span className="visually-hidden">{text(`health.${health}`)}</span>
        <bdi className={classNames(styles, 'below')}>{below}</bdi>
      </span>
    </button>
  );
}

function placeOf({ column, place }: PlacedNode): CSSProperties {
  return {
    insetInlineStart: size.margin + column * size.column,
    insetBlockStart: size.margin + place * size.place,
    inlineSize: size.width,
    blockSize: size.height,
  };
}

function lineOf(start: PlacedNode, end: PlacedNode): string {
  const middle = size.margin + size.height / 2;
  const [x1, y1] = [size.margin + start.column * size.column + size.width, middle + start.place * size.place];
  const [x2, y2] = [size.margin + end.column * size.column, middle + end.place * size.place];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
