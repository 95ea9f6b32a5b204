import { FileInput, History } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { PastImport } from '../../../data/exchange/exchange-api.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { Moment } from '../../../widgets/moment.tsx';
import { useExchangeText } from '../exchange-text.ts';
import { askToUndo } from '../import-actions.ts';
import { useImport } from '../use-import.ts';
import { StepFrame } from './step-frame.tsx';
import styles from './file-step.module.css';

/** Where an import begins: a file, and what was imported before. */
export function FileStep(): ReactNode {
  const text = useExchangeText();
  const { session, state } = useImport();
  useEffect(() => {
    void session.loadPast();
  }, [session]);
  return (
    <StepFrame>
      <div className={classNames(styles, 'drop')}>
        <FileInput size={28} strokeWidth={1.5} aria-hidden />
        <p className={classNames(styles, 'lead')}>{text('file.lead')}</p>
        <p className={classNames(styles, 'kinds')}>{text('file.kinds')}</p>
        <span data-primary>
          <Button variant="primary" isDisabled={state.isReading} onPress={() => void session.choose()}>
            {text(state.isReading ? 'file.reading' : 'file.choose')}
          </Button>
        </span>
      </div>
      <PastImports past={state.past} />
    </StepFrame>
  );
}

function PastImports({ past }: { readonly past: readonly PastImport[] | null }): ReactNode {
  const text = useExchangeText();
  if (past === null) return <p className={classNames(styles, 'kinds')}>{text('past.reading')}</p>;
  return (
    <section aria-labelledby="past-imports" className={classNames(styles, 'past')}>
      <h3 id="past-imports">
        <History size={14} aria-hidden /> {text('past.title')}
      </h3>
      {past.length === 0 ? (
        <p className={classNames(styles, 'kinds')}>{text('past.none')}</p>
      ) : (
        <ul>
          {past.map((each) => (
            <PastRow key={each.importId} past={each} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PastRow({ past }: { readonly past: PastImport }): ReactNode {
  const text = useExchangeText();
  const desk = useDeskContext();
  const { session } = useImport();
  const created = Object.values(past.note?.report.records ?? {}).reduce((sum, count) => sum + count.created, 0);
  return (
    <li className={classNames(styles, 'row')}>
      <div className={classNames(styles, 'what')}>
        <bdi className="one-line">{past.note?.file ?? text('past.unknown-file')}</bdi>
        <span className={classNames(styles, 'kinds')}>
          <Moment at={past.at} /> · <bdi>{past.userName}</bdi> ·{' '}
          {past.note === null
            ? text('past.operations', { count: past.operations })
            : text('past.created', { count: created, operations: past.operations })}
          {past.undoneAt === null ? null : ` · ${text('past.undone')}`}
        </span>
      </div>
      {past.note === null ? null : <Button onPress={() => session.showPast(past)}>{text('past.report')}</Button>}
      <Button isDisabled={past.undoneAt !== null} onPress={() => askToUndo(desk, past.importId)}>
        {text('past.undo')}
      </Button>
    </li>
  );
}
