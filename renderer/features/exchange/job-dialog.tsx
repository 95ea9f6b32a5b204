import type { ReactNode } from 'react';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useExchangeText } from './exchange-text.ts';
import { JobProgressBar } from './job-progress.tsx';

/** The long job under way, also one that another window began. It goes on when this is closed. */
export function JobDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useExchangeText();
  const { data } = useServices();
  const { result: job } = useWatch({ type: 'job' });
  return (
    <Dialog
      title={job ? text(`job.${job.kind}`) : text('job.none')}
      closeLabel={text('action.close')}
      onClose={onClose}
      width="narrow"
      footer={
        job ? (
          <>
            <Button isDisabled={job.cancelled} onPress={() => void data.call('cancelJob', null)}>
              {text('action.stop')}
            </Button>
            <Button variant="primary" onPress={onClose}>
              {text('action.background')}
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={onClose}>
            {text('action.close')}
          </Button>
        )
      }
    >
      {job ? (
        <>
          {job.name === '' ? null : <p className="user-text">{job.name}</p>}
          <JobProgressBar job={job} />
        </>
      ) : (
        <p>{text('job.none-text')}</p>
      )}
    </Dialog>
  );
}
