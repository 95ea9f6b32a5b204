import { Check } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Banner } from '../../ui/banner.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { useExchangeText } from './exchange-text.ts';
import { failureText } from './import-actions.ts';
import type { ImportStepName } from './import-session.ts';
import { CheckStep } from './steps/check-step.tsx';
import { ColumnsStep } from './steps/columns-step.tsx';
import { FileStep } from './steps/file-step.tsx';
import { PreviewStep } from './steps/preview-step.tsx';
import { ReportStep } from './steps/report-step.tsx';
import { RunStep } from './steps/run-step.tsx';
import { useImport } from './use-import.ts';
import styles from './import-screen.module.css';

const stepsShown = ['file', 'columns', 'preview', 'check', 'run'] as const;

const components: Readonly<Record<ImportStepName, () => ReactNode>> = {
  file: FileStep,
  columns: ColumnsStep,
  preview: PreviewStep,
  check: CheckStep,
  run: RunStep,
  report: ReportStep,
};

/** An import from the file to its report. What is being imported stays while the person is elsewhere. */
export function ImportScreen(): ReactNode {
  const text = useExchangeText();
  const { translate } = useDeskContext();
  const { state } = useImport();
  const { step, failure, file, shown } = state;
  const Step = components[step];
  const name = step === 'report' ? shown?.file : file?.name;
  return (
    <section aria-label={text('import.title')} data-pane="list" className={classNames(styles, 'screen')}>
      <header className={classNames(styles, 'header')}>
        <StepHeading key={step}>{text(`import.step.${step}`)}</StepHeading>
        {name === undefined ? null : <bdi className={classNames(styles, 'file')}>{name}</bdi>}
        {step === 'report' ? null : <Stepper step={step} />}
      </header>
      {failure === null ? null : (
        <div className={classNames(styles, 'failure')}>
          <Banner tone="failure">{failureText(failure, translate)}</Banner>
        </div>
      )}
      <Step />
    </section>
  );
}

/** A new step is read out from its heading on; pressing Tab goes on from there. */
function StepHeading({ children }: { readonly children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} tabIndex={-1} className={classNames(styles, 'title')}>
      {children}
    </h2>
  );
}

function Stepper({ step }: { readonly step: ImportStepName }): ReactNode {
  const text = useExchangeText();
  const at = stepsShown.findIndex((each) => each === step);
  return (
    <ol aria-label={text('import.steps')} className={classNames(styles, 'steps')}>
      {stepsShown.map((each, index) => (
        <li
          key={each}
          {...(index === at ? { 'aria-current': 'step' as const } : {})}
          className={classNames(styles, 'step', index === at && 'current', index < at && 'done')}
        >
          <span aria-hidden className={classNames(styles, 'number')}>
            {index < at ? <Check size={11} strokeWidth={3} /> : index + 1}
          </span>
          <span className={classNames(styles, 'name')}>{text(`step.${each}`)}</span>
        </li>
      ))}
    </ol>
  );
}
