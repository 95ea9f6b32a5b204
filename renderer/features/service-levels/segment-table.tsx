import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { TargetView } from '../../data/service-levels/target-view.ts';
import { useServices } from '../../services/services.ts';
import { classNames } from '../../ui/class-names.ts';
import { choiceText } from '../../widgets/choice-text.ts';
import { exactSpanText } from '../../widgets/due-text.ts';
import { useServiceLevelText, type ServiceLevelKey } from './service-level-text.ts';
import styles from './targets-dialog.module.css';

type Segment = TargetView['segments'][number];
type Remark = TargetView['remarks'][number];

const remarkKeys: Readonly<Record<Remark['kind'], ServiceLevelKey>> = {
  corrected: 'remark.corrected',
  estimated: 'remark.estimated',
  suspect: 'remark.suspect',
  offline: 'remark.offline',
};

/** Every stretch of a target's time in words, in order; what is known of the clocks stands at its moment. */
export function SegmentTable({ target }: { readonly target: TargetView }): ReactNode {
  const text = useServiceLevelText();
  const intl = useIntl();
  const { info } = useServices();
  const moment = (at: number): string =>
    intl.formatDate(at, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
      timeZone: info.timeZone,
    });
  const rows: readonly (Segment | Remark)[] = [...target.segments, ...target.remarks].sort(
    (left, right) => startOf(left) - startOf(right),
  );
  return (
    <details className={classNames(styles, 'details')}>
      <summary>{text('targets.minutes', { count: target.segments.length })}</summary>
      <table aria-label={text('targets.table')} className={classNames(styles, 'table')}>
        <thead>
          <tr>
            <th scope="col">{text('targets.from')}</th>
            <th scope="col">{text('targets.to')}</th>
            <th scope="col">{text('targets.why')}</th>
            <th scope="col">{text('targets.length')}</th>
            <th scope="col">{text('targets.counted')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) =>
            'from' in row ? (
              <tr key={`${row.from} ${row.kind}`} className={classNames(styles, row.isOverdue && 'late')}>
                <td>{moment(row.from)}</td>
                <td>{moment(row.to)}</td>
                <td>
                  {text(`segment.${row.kind}`)}
                  {row.detail === '' ? null : (
                    <bdi>: {row.kind === 'holiday' ? row.detail : choiceText(text, 'onHoldReason', row.detail)}</bdi>
                  )}
                  {row.isOverdue && row.kind === 'open' ? `, ${text('segment.overdue')}` : ''}
                </td>
                <td>{exactSpanText(text, row.to - row.from)}</td>
                <td>{row.countedMs === 0 ? '–' : exactSpanText(text, row.countedMs)}</td>
              </tr>
            ) : (
              <tr key={`${row.at} ${row.kind} ${row.byMs}`}>
                <td>{moment(row.at)}</td>
                <td colSpan={4}>{text(remarkKeys[row.kind], { span: exactSpanText(text, row.byMs) })}</td>
              </tr>
            ),
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {text('targets.sum')}
            </th>
            <td>{exactSpanText(text, target.elapsedMs)}</td>
          </tr>
        </tfoot>
      </table>
    </details>
  );
}

function startOf(row: Segment | Remark): number {
  return 'from' in row ? row.from : row.at;
}
