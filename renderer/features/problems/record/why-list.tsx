import { CornerDownRight, X } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { problemWhy } from '../../../../shared/domain/problem/problem.ts';
import type { Row } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { textValue } from '../../../widgets/row-title.ts';
import { TextInPlace } from '../../../widgets/text-in-place.tsx';
import { useProblemText } from '../problem-text.ts';
import styles from './why-list.module.css';

/** The usual number is five; nothing hangs on it. */
const shownAtMost = 50;

/** The 5 whys: each answer is asked why in turn. Enter adds the next. */
export function WhyList({
  problem,
  isDisabled,
}: {
  readonly problem: string;
  readonly isDisabled: boolean;
}): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const [typed, setTyped] = useState('');
  const { result } = useWatch({
    type: 'list',
    entity: 'problem-why',
    where: [
      { field: 'problem', op: 'in', values: [problem] },
      { field: 'active', op: 'not-in', values: ['false'] },
    ],
    search: '',
    sort: [{ field: 'place', direction: 'ascending' }],
    offset: 0,
    limit: shownAtMost,
  });
  const rows = result?.rows ?? [];
  const last = rows.at(-1);
  const add = async (): Promise<void> => {
    if (typed.trim() === '') return;
    const place = Number(last?.values['place'] ?? 0) + 1;
    const input = { entity: 'problem-why', fields: { problem, place, answer: typed } };
    const outcome = await runner.run('record.create', input, { done: text('done.why') });
    if (outcome.ok) setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    void add();
  };
  const question = text('problem.why', {
    number: rows.length + 1,
    of: textValue(last?.values ?? {}, 'answer') || text('problem.it-happens'),
  });
  return (
    <>
      <ol className={classNames(styles, 'whys')}>
        {rows.map((row, index) => (
          <Why key={row.id} row={row} number={index + 1} isDisabled={isDisabled} />
        ))}
      </ol>
      {isDisabled ? null : (
        <TextField
          label={question}
          value={typed}
          onChange={setTyped}
          onKeyDown={onKeyDown}
          onBlur={() => void add()}
          maxLength={problemWhy.fields.answer.maxLength}
          placeholder={text('problem.because')}
        />
      )}
    </>
  );
}

function Why({
  row,
  number,
  isDisabled,
}: {
  readonly row: Row;
  readonly number: number;
  readonly isDisabled: boolean;
}): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const save = async (field: string, value: string | null): Promise<boolean> => {
    const input = { entity: 'problem-why', id: row.id, fields: { [field]: value } };
    const outcome = await runner.run('record.edit', input, { done: text('done.why') });
    return outcome.ok || outcome.failure.kind === 'nothing-to-change';
  };
  const remove = (): void =>
    void runner.run(
      'record.edit',
      { entity: 'problem-why', id: row.id, fields: { active: false } },
      { done: text('done.why-removed') },
    );
  return (
    <li className={classNames(styles, 'why')} style={{ marginInlineStart: `${Math.min(number - 1, 8) * 14}px` }}>
      <CornerDownRight size={14} aria-hidden />
      <div className={classNames(styles, 'answer')}>
        <TextInPlace
          entity="problem-why"
          id={row.id}
          field="answer"
          label={text('problem.why-number', { number })}
          value={textValue(row.values, 'answer')}
          maxLength={problemWhy.fields.answer.maxLength}
          isDisabled={isDisabled}
          save={save}
        />
      </div>
      {isDisabled ? null : (
        <IconButton
          size="small"
          label={text('problem.remove-why', { number })}
          icon={<X size={14} />}
          onPress={remove}
        />
      )}
    </li>
  );
}
