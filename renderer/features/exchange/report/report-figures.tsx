import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { entities, type EntityKind } from '../../../../shared/domain/entities.ts';
import { ticketStates } from '../../../../shared/domain/ticket/ticket.ts';
import type { ImportReport } from '../../../../shared/exchange/import-report.ts';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { choiceText } from '../../../widgets/choice-text.ts';
import { StateGlyph, stateTones } from '../../../widgets/state-glyph.tsx';
import { useExchangeText } from '../exchange-text.ts';
import styles from './report-figures.module.css';

/** The figures of an import: per kind of record what is new, changed and the same; tickets per state; rows. */
export function ReportFigures({ report }: { readonly report: ImportReport }): ReactNode {
  const text = useExchangeText();
  const intl = useIntl();
  const kinds = (Object.keys(entities) as EntityKind[]).filter((kind) => report.records[kind] !== undefined);
  const number = (value: number): string => intl.formatNumber(value);
  return (
    <div className={classNames(styles, 'figures')}>
      <table className={classNames(styles, 'records')}>
        <thead>
          <tr>
            <th scope="col">{text('report.kind')}</th>
            <th scope="col">{text('report.new')}</th>
            <th scope="col">{text('report.changed')}</th>
            <th scope="col">{text('report.same')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{text(`entities.${kind}`)}</th>
              <td>{number(report.records[kind]?.created ?? 0)}</td>
              <td>{number(report.records[kind]?.updated ?? 0)}</td>
              <td>{number(report.records[kind]?.unchanged ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={classNames(styles, 'rows')}>
        <Fact name={text('report.rows-read')} value={number(report.rowsRead)} />
        <Fact name={text('report.steps')} value={number(report.steps)} />
        <Fact name={text('report.rows-refused')} value={number(report.rowsRefused)} />
        <Fact name={text('report.rows-partly')} value={number(report.rowsWithRefusedCells)} />
        <Fact name={text('report.rows-changed')} value={number(report.rowsChanged)} />
        <Fact name={text('report.time')} value={text('report.seconds', { seconds: Math.round(report.seconds) })} />
      </dl>
      {Object.keys(report.states).length === 0 ? null : (
        <div className={classNames(styles, 'states')}>
          <span>{text('report.states')}</span>
          {ticketStates
            .filter((state) => report.states[state] !== undefined)
            .map((state) => (
              <Chip key={state} tone={stateTones[state]} glyph={<StateGlyph state={state} />}>
                {choiceText(text, 'state', state)} {number(report.states[state] ?? 0)}
              </Chip>
            ))}
        </div>
      )}
      {report.columnsIgnored.length === 0 ? null : (
        <p className={classNames(styles, 'ignored')}>
          {text('report.ignored', { count: report.columnsIgnored.length })}{' '}
          <bdi>{report.columnsIgnored.join(', ')}</bdi>
        </p>
      )}
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
