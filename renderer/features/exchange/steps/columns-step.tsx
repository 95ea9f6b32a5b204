import type { ReactNode } from 'react';
import { checkMapping, type MappingProblem } from '../../../../shared/exchange/mapping.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Select } from '../../../ui/select.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useExchangeText, type ExchangeText } from '../exchange-text.ts';
import type { ImportPreview } from '../../../data/exchange/preview-import.ts';
import { targetChoices, targetId, targetOfChoice, withTarget } from '../target-choices.ts';
import { useImport } from '../use-import.ts';
import { FileForm } from './file-form.tsx';
import { StepFrame } from './step-frame.tsx';
import styles from './columns-step.module.css';

/** What the file is, and where each of its columns goes. */
export function ColumnsStep(): ReactNode {
  const text = useExchangeText();
  const { session, state } = useImport();
  const { preview } = state;
  if (preview === null) return null;
  const { mapping, header } = preview;
  const problems = checkMapping(mapping, header);
  return (
    <StepFrame
      back={<Button onPress={() => void session.startOver()}>{text('action.other-file')}</Button>}
      hint={preview.rows.length === 0 ? text('columns.no-rows') : text('columns.hint')}
      primary={
        <Button
          variant="primary"
          keys="Mod+Enter"
          isDisabled={problems.length > 0 || preview.rows.length === 0}
          onPress={() => session.goTo('preview')}
        >
          {text('columns.next')}
        </Button>
      }
    >
      <FileForm preview={preview} />
      {problems.map((problem) => (
        <Banner key={`${problem.problem} ${problem.where}`} tone="warning">
          {problemText(text, problem, preview)}
        </Banner>
      ))}
      <ColumnTable preview={preview} />
    </StepFrame>
  );
}

function problemText(text: ExchangeText, { problem, where }: MappingProblem, { mapping }: ImportPreview): string {
  const isField = problem === 'two-columns-for-one-field';
  return text(`problem.${problem}`, { where: isField ? fieldText(text, mapping.entity, where) : where });
}

function ColumnTable({ preview }: { readonly preview: ImportPreview }): ReactNode {
  const text = useExchangeText();
  const { session } = useImport();
  const { mapping, samples } = preview;
  const choices = targetChoices(text, mapping);
  return (
    <table className={classNames(styles, 'columns')}>
      <caption className="visually-hidden">{text('columns.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('columns.column')}</th>
          <th scope="col">{text('columns.samples')}</th>
          <th scope="col">{text('columns.target')}</th>
        </tr>
      </thead>
      <tbody>
        {mapping.columns.map(({ column, target }, index) => (
          <tr key={`${index} ${column}`} className={classNames(styles, target.to === 'ignore' && 'ignored')}>
            <th scope="row">
              <bdi>{column === '' ? text('columns.unnamed') : column}</bdi>
              {column !== '' && column === mapping.keyColumn ? (
                <span className={classNames(styles, 'key')}>{text('columns.key')}</span>
              ) : null}
            </th>
            <td className={classNames(styles, 'samples')}>
              {samples[index]?.length === 0 ? (
                <span>{text('columns.empty')}</span>
              ) : (
                samples[index]?.map((sample) => (
                  <bdi key={sample} className={classNames(styles, 'sample')} title={sample}>
                    {sample}
                  </bdi>
                ))
              )}
            </td>
            <td>
              <Select
                label={text('columns.target-of', { column })}
                labelHidden
                placeholder={text('target.ignore')}
                choices={choices}
                value={targetId(target)}
                onChange={(id) => void session.remap(withTarget(mapping, column, targetOfChoice(id, column)))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
