import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { Finding, ImportReport } from '../../../../shared/exchange/import-report.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { VirtualGrid, type GridRow } from '../../../ui/virtual-grid.tsx';
import { useRowHeight } from '../../../widgets/row-height.ts';
import { useExchangeText, type ExchangeText } from '../exchange-text.ts';
import {
  countFindings,
  countsOf,
  everyFinding,
  filterFindings,
  groupKey,
  type FindingFilter,
} from './finding-filter.ts';
import { expectedText, reasonText } from './finding-text.ts';
import styles from './finding-list.module.css';

const kinds = ['all', 'refused', 'changed', 'noted'] as const;
const columns = ['row', 'line', 'column', 'value', 'reason', 'expected'] as const;

/** Everything of a file that was not taken as it stands: where, what, why, and what would have been accepted. */
export function FindingList({ report }: { readonly report: ImportReport }): ReactNode {
  const text = useExchangeText();
  const intl = useIntl();
  const [filter, setFilter] = useState<FindingFilter>(everyFinding);
  const [cursor, setCursor] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight('table');
  const found = filterFindings(report, filter);
  const total = countFindings(report, filter);
  const change = (part: Partial<FindingFilter>): void => {
    setFilter({ ...filter, ...part });
    setCursor(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 2);
    const to = destinationOf(event.key, cursor, found.length, page);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setCursor(Math.max(0, Math.min(found.length - 1, to)));
  };
  if (report.counts.length === 0) return <p className={classNames(styles, 'none')}>{text('finding.none')}</p>;
  return (
    <section aria-label={text('finding.list')} className={classNames(styles, 'findings')}>
      <div className={classNames(styles, 'filters')}>
        <Segmented
          label={text('finding.kind')}
          value={filter.kind}
          onChange={(kind) => change({ kind, group: null })}
          segments={kinds.map((kind) => ({
            id: kind,
            label: `${text(`finding.${kind}`)} ${intl.formatNumber(sumOf(report, kind))}`,
          }))}
        />
        <div className={classNames(styles, 'reason')}>
          <Select
            label={text('finding.reason')}
            labelHidden
            placeholder={text('finding.every-reason')}
            value={filter.group ?? ''}
            onChange={(group) => change({ group: group === '' ? null : group })}
            choices={[
              { id: '', label: text('finding.every-reason') },
              ...countsOf(report, filter.kind).map((count) => ({
                id: groupKey(count),
                label: `${reasonText(text, count.reason)} (${intl.formatNumber(count.count)})`,
                ...(count.column === '' ? {} : { detail: count.column }),
              })),
            ]}
          />
        </div>
        <div className={classNames(styles, 'words')}>
          <TextField
            label={text('finding.search')}
            labelHidden
            placeholder={text('finding.search')}
            value={filter.words}
            onChange={(words) => change({ words })}
          />
        </div>
        <span role="status" className={classNames(styles, 'count')}>
          {total === null || total === found.length
            ? text('finding.shown', { count: found.length })
            : text('finding.shown-of', { count: found.length, total })}
        </span>
      </div>
      <div className={classNames(styles, 'list')}>
        <VirtualGrid
          ref={grid}
          label={text('finding.list')}
          listKey={JSON.stringify(filter)}
          rowCount={found.length}
          columnCount={columns.length}
          rowHeight={rowHeight}
          cursor={found.length === 0 ? -1 : cursor}
          rowAt={(index) => rowOf(found[index], index, text)}
          onVisible={() => undefined}
          onRowPress={setCursor}
          onKeyDown={onKeyDown}
          header={
            <div role="row" className={classNames(styles, 'cells', 'head')}>
              {columns.map((column) => (
                <span key={column} role="columnheader">
                  {text(`finding.column.${column}`)}
                </span>
              ))}
            </div>
          }
        />
      </div>
      <p className={`user-text ${classNames(styles, 'detail')}`}>{detailOf(found[cursor], text)}</p>
    </section>
  );
}

/** The remark under the cursor in full: the list cuts what is long. */
function detailOf(finding: Finding | undefined, text: ExchangeText): string {
  if (finding === undefined) return '';
  const { column, value } = finding;
  const what = [column, value].filter((part) => part !== '').join(': ');
  return [what, reasonText(text, finding.reason), expectedText(text, finding)]
    .filter((part) => part !== '')
    .join(' — ');
}

function sumOf(report: ImportReport, kind: FindingFilter['kind']): number {
  return countsOf(report, kind).reduce((sum, { count }) => sum + count, 0);
}

function destinationOf(key: string, cursor: number, total: number, page: number): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: cursor + 1,
    ArrowUp: cursor - 1,
    Home: 0,
    End: total - 1,
    PageDown: cursor + page,
    PageUp: cursor - page,
  };
  return to[key] ?? null;
}

function rowOf(finding: Finding | undefined, index: number, text: ExchangeText): GridRow | undefined {
  if (finding === undefined) return undefined;
  const { kind, row, line, column, value } = finding;
  const reason = reasonText(text, finding.reason);
  const expected = expectedText(text, finding);
  const cells = [row === 0 ? '' : String(row), line === 0 ? '' : String(line), column, value, reason, expected];
  return {
    id: String(index),
    isSelected: false,
    isCurrent: false,
    label: `${text(`finding.${kind}`)}: ${cells.filter((cell) => cell !== '').join(', ')}`,
    cells: (
      <div role="presentation" className={classNames(styles, 'cells')}>
        {cells.map((cell, at) => (
          <span key={columns[at]} role="gridcell" title={cell} className={classNames(styles, at === 4 && kind)}>
            <bdi>{cell}</bdi>
          </span>
        ))}
      </div>
    ),
  };
}
