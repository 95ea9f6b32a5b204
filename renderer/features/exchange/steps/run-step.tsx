import type { ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Button } from '../../../ui/button.tsx';
import { useExchangeText } from '../exchange-text.ts';
import { JobProgressBar } from '../job-progress.tsx';
import { StepFrame } from './step-frame.tsx';

/** While the import runs. It goes on wherever the person goes. */
export function RunStep(): ReactNode {
  const text = useExchangeText();
  const { data } = useServices();
  const { result: job } = useWatch({ type: 'job' });
  return (
    <StepFrame
      hint={text('run.hint')}
      back={
        <Button isDisabled={!job || job.cancelled} onPress={() => void data.call('cancelJob', null)}>
          {text('action.stop')}
        </Button>
      }
    >
      <JobProgressBar job={job ?? null} />
      <p>{text('run.stays')}</p>
    </StepFrame>
  );
}
