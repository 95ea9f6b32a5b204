import type { ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useExchangeText } from '../exchange-text.ts';
import { runImport } from '../import-actions.ts';
import { JobProgressBar } from '../job-progress.tsx';
import { FindingList } from '../report/finding-list.tsx';
import { ReportFigures } from '../report/report-figures.tsx';
import { useImport } from '../use-import.ts';
import { StepFrame } from './step-frame.tsx';

/** The whole file planned without writing: what the import will do, before it does it. */
export function CheckStep(): ReactNode {
  const text = useExchangeText();
  const desk = useDeskContext();
  const { data } = useServices();
  const { session, state } = useImport();
  const { result: job } = useWatch({ type: 'job' });
  const report = state.checked?.report ?? null;
  const isRunning = state.checked === null && state.failure === null;
  const back = isRunning ? (
    <Button onPress={() => void data.call('cancelJob', null)}>{text('action.stop')}</Button>
  ) : (
    <Button onPress={() => session.goTo('preview')}>{text('action.back')}</Button>
  );
  const changes = report !== null && report.steps > 0;
  return (
    <StepFrame
      fills={report !== null}
      back={back}
      hint={report !== null && !changes ? text('check.nothing-new') : text('check.hint')}
      primary={
        <Button
          variant="primary"
          keys="Mod+Enter"
          isDisabled={isRunning || !changes}
          onPress={() => void runImport(desk)}
        >
          {text('check.import')}
        </Button>
      }
    >
      {isRunning ? <JobProgressBar job={job ?? null} /> : null}
      {report === null ? null : (
        <>
          {report.cancelled ? <Banner tone="warning">{text('check.cancelled')}</Banner> : null}
          <ReportFigures report={report} />
          <FindingList report={report} />
        </>
      )}
    </StepFrame>
  );
}
