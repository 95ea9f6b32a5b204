import { BookOpenCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { LinkedRow } from '../../../widgets/record-frame.tsx';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { problemsScreen } from '../problem-lists.ts';
import { useProblemText } from '../problem-text.ts';

/** The known errors that tell of the problem, and the way to the first one. */
export function KnownErrorsOfProblem({ record }: { readonly record: RecordView }): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const { result } = useWatch({
    type: 'list',
    entity: 'known-error',
    where: [
      { field: 'problem', op: 'in', values: [record.id] },
      { field: 'active', op: 'not-in', values: ['false'] },
    ],
    search: '',
    sort: [{ field: 'name', direction: 'ascending' }],
    offset: 0,
    limit: 20,
  });
  const open = (id: string): void =>
    void dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: 'known-errors', record: id }));
  const publish = async (): Promise<void> => {
    const outcome = await runner.run(
      'problem.publish-known-error',
      { id: record.id },
      { done: text('done.known-error-published') },
    );
    const [id] = outcome.ok ? outcome.value.ids : [];
    if (id !== undefined) open(id);
  };
  if (result === undefined) return null;
  return (
    <>
      {result.rows.map((row) => (
        <LinkedRow key={row.id} onOpen={() => open(row.id)}>
          <BookOpenCheck size={14} aria-hidden />
          <bdi className="mono">{referenceOf(row.values)}</bdi>
          <bdi className="one-line">{rowTitle(row)}</bdi>
        </LinkedRow>
      ))}
      {result.total > 0 || textValue(record.values, 'workaround') === '' ? null : (
        <div>
          <Button icon={<BookOpenCheck size={14} />} onPress={() => void publish()}>
            {text('command.known-error-publish')}
          </Button>
        </div>
      )}
    </>
  );
}
