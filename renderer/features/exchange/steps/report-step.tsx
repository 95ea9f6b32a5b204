import type { ReactNode } from 'react';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useExchangeText } from '../exchange-text.ts';
import { askToUndo, failureText } from '../import-actions.ts';
import { FindingList } from '../report/finding-list.tsx';
import { ReportFigures } from '../report/report-figures.tsx';
import { saveReport } from '../report/save-report.ts';
import { useImport } from '../use-import.ts';
import { StepFrame } from './step-frame.tsx';
import styles from './report-step.module.css';

/** What became of an import, and what can be done about it. */
export function ReportStep(): ReactNode {
  const text = useExchangeText();
  const desk = useDeskContext();
  const { session, state } = useImport();
  const { shown, past } = state;
  if (shown === null) return null;
  const { report, failure, file } = shown;
  const isUndone = past?.some((each) => each.importId === report.importId && each.undoneAt !== null) ?? false;
  const showTickets = (): void => {
    desk.dispatch(navigationSlice.actions.wentTo({ screen: 'tickets', view: 'all', record: null }));
  };
  return (
    <StepFrame
      fills
      back={<Button onPress={() => void session.startOver()}>{text('report.another')}</Button>}
      hint={
        <span className={classNames(styles, 'actions')}>
          <Button onPress={() => void saveReport(desk, file, report)}>{text('report.save')}</Button>
          <Button
            variant="danger"
            isDisabled={isUndone || report.steps === 0}
            onPress={() => askToUndo(desk, report.importId)}
          >
            {text('report.undo')}
          </Button>
        </span>
      }
      primary={
        <Button variant="primary" keys="Mod+Enter" onPress={showTickets}>
          {text('report.show-tickets')}
        </Button>
      }
    >
      {failure === null ? null : <Banner tone="failure">{failureText(failure, desk.translate)}</Banner>}
      {report.cancelled ? <Banner tone="warning">{text('report.cancelled')}</Banner> : null}
      {isUndone ? <Banner tone="notice">{text('report.undone')}</Banner> : null}
      {report.steps === 0 && failure === null ? <Banner tone="notice">{text('report.nothing-new')}</Banner> : null}
      <ReportFigures report={report} />
      <FindingList report={report} />
    </StepFrame>
  );
}
