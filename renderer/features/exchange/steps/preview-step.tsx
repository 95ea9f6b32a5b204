import { Ban, Check, PenLine, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { DataRow } from '../../../../shared/exchange/csv-record.ts';
import type { Finding } from '../../../../shared/exchange/import-report.ts';
import type { ImportPreview } from '../../../data/exchange/preview-import.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useExchangeText, type ExchangeText } from '../exchange-text.ts';
import { expectedText, reasonText } from '../report/finding-text.ts';
import { findingsByRow, rowVerdict, type RowVerdict } from '../row-verdict.ts';
import { useImport } from '../use-import.ts';
import { StepFrame } from './step-frame.tsx';
import styles from './preview-step.module.css';

const glyphs: Readonly<Record<RowVerdict, typeof Check>> = {
  taken: Check,
  changed: PenLine,
  partly: TriangleAlert,
  refused: Ban,
};

/** The first rows as they would be imported: a verdict for each row and each cell. */
export function PreviewStep(): ReactNode {
  const text = useExchangeText();
  const { session, state } = useImport();
  const [onlyRemarks, setOnlyRemarks] = useState(false);
  const { preview } = state;
  if (preview === null) return null;
  const found = findingsByRow(preview.findings);
  const rows = preview.rows.filter((row) => !onlyRemarks || (found.get(row.row) ?? []).length > 0);
  return (
    <StepFrame
      fills
      back={<Button onPress={() => session.goTo('columns')}>{text('action.back')}</Button>}
      hint={text('preview.hint')}
      primary={
        <Button variant="primary" keys="Mod+Enter" isDisabled={state.isReading} onPress={() => void session.check()}>
          {text('preview.next')}
        </Button>
      }
    >
      <div className={classNames(styles, 'top')}>
        <p>{text('preview.lead', { rows: preview.rows.length, remarks: found.size })}</p>
        <Checkbox label={text('preview.only-remarks')} isSelected={onlyRemarks} onChange={setOnlyRemarks} />
      </div>
      {rows.length === 0 ? (
        <p>{text('preview.no-remarks')}</p>
      ) : (
        <RowTable preview={preview} rows={rows} found={found} text={text} />
      )}
    </StepFrame>
  );
}

interface RowTableProps {
  readonly preview: ImportPreview;
  readonly rows: readonly DataRow[];
  readonly found: ReadonlyMap<number, readonly Finding[]>;
  readonly text: ExchangeText;
}

/** Only the columns that are imported, in the order of the file. */
function RowTable({ preview, rows, found, text }: RowTableProps): ReactNode {
  const shown = preview.mapping.columns.flatMap(({ column, target }, index) =>
    target.to === 'ignore' ? [] : [{ column, index }],
  );
  return (
    <div
      role="region"
      aria-label={text('preview.table')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls must be reached by keyboard.
      tabIndex={0}
      className={classNames(styles, 'scroller')}
    >
      <table className={classNames(styles, 'rows')}>
        <thead>
          <tr>
            <th scope="col">{text('preview.row')}</th>
            <th scope="col">{text('preview.verdict')}</th>
            {shown.map(({ column, index }) => (
              <th key={index} scope="col">
                <bdi>{column}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const findings = found.get(row.row) ?? [];
            return (
              <tr key={row.row}>
                <td>{row.row}</td>
                <td className={classNames(styles, 'verdict')}>
                  <Verdict findings={findings} text={text} />
                </td>
                {shown.map(({ column, index }) => (
                  <Cell
                    key={index}
                    cell={row.cells[index] ?? ''}
                    finding={findings.find((each) => each.column === column && each.kind !== 'noted')}
                    text={text}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Verdict({
  findings,
  text,
}: {
  readonly findings: readonly Finding[];
  readonly text: ExchangeText;
}): ReactNode {
  const verdict = rowVerdict(findings);
  const Glyph = glyphs[verdict];
  const remarks = findings.map((finding) => {
    const where = finding.column === '' ? '' : `${finding.column}: `;
    return `${where}${reasonText(text, finding.reason)}. ${expectedText(text, finding)}`.trim();
  });
  return (
    <div className={classNames(styles, verdict)}>
      <span className={classNames(styles, 'word')}>
        <Glyph size={13} aria-hidden /> {text(`verdict.${verdict}`)}
      </span>
      {remarks.map((remark) => (
        <span key={remark} title={remark} className={classNames(styles, 'remark')}>
          <bdi>{remark}</bdi>
        </span>
      ))}
    </div>
  );
}

function Cell({
  cell,
  finding,
  text,
}: {
  readonly cell: string;
  readonly finding: Finding | undefined;
  readonly text: ExchangeText;
}): ReactNode {
  if (finding === undefined)
    return (
      <td title={cell}>
        <bdi>{cell}</bdi>
      </td>
    );
  const Glyph = finding.kind === 'refused' ? Ban : PenLine;
  const why = `${reasonText(text, finding.reason)}. ${expectedText(text, finding)}`;
  return (
    <td title={`${cell}\n${why}`} className={classNames(styles, `cell-${finding.kind}`)}>
      <Glyph size={12} aria-hidden /> <bdi>{cell === '' ? '∅' : cell}</bdi>
      <span className="visually-hidden"> {why}</span>
    </td>
  );
}
