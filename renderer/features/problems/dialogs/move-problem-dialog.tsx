import { useState, type ReactNode } from 'react';
import { problemMachine } from '../../../../shared/domain/problem/problem-lifecycle.ts';
import { problem } from '../../../../shared/domain/problem/problem.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { TextArea } from '../../../ui/text-field.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { useProblemText } from '../problem-text.ts';

interface DialogProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

interface Picked {
  readonly id: string;
  readonly title: string;
}

/** A move that needs a text: the cause, what was done, why the risk is borne, why it is dropped. */
export function MoveProblemDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const id = overlay.ids?.[0] ?? '';
  const { result: record } = useWatch({ type: 'record', id });
  const [typed, setTyped] = useState<string | null>(null);
  const transition = problemMachine.find(({ move }) => move === overlay.detail);
  if (!record || transition === undefined || transition.needs === null) return null;
  const { move, needs } = transition;
  const words = typed ?? textValue(record.values, needs);
  const linked = [{ field: 'problem', op: 'in', values: [id] }] as const;
  return (
    <FormDialog
      width="normal"
      title={text(`move.problem.${move}`)}
      submitLabel={text(`move.problem.${move}`)}
      submit={() =>
        runner.run(`problem.${move}`, { id, text: words }, { done: text(`done.problem.${move}`), showsRefusal: true })
      }
      onClose={onClose}
    >
      <TextArea
        label={fieldText(text, 'problem', needs)}
        value={words}
        onChange={setTyped}
        maxLength={problem.fields[needs].maxLength}
        rows={5}
        isRequired
        autoFocus
      />
      {move === 'resolve' || move === 'accept-risk' ? <Consequence move={move} where={linked} /> : null}
    </FormDialog>
  );
}

/** What the move means for the incidents (PRB-2, PRB-3), before it is made. */
function Consequence({
  move,
  where,
}: {
  readonly move: 'resolve' | 'accept-risk';
  readonly where: readonly { readonly field: string; readonly op: 'in'; readonly values: readonly string[] }[];
}): ReactNode {
  const text = useProblemText();
  const reached = [
    ...where,
    move === 'resolve'
      ? ({ field: 'onHoldReason', op: 'in', values: ['awaiting-problem'] } as const)
      : ({ field: 'state', op: 'not-in', values: ['resolved', 'closed', 'canceled'] } as const),
  ];
  const { result } = useWatch({ type: 'counts', entity: 'ticket', of: { reached } });
  return <p>{text(`consequence.${move}`, { count: result?.['reached'] ?? 0 })}</p>;
}

export function DuplicateProblemDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const id = overlay.ids?.[0] ?? '';
  const [original, setOriginal] = useState<Picked | null>(null);
  return (
    <FormDialog
      width="normal"
      title={text('move.problem.mark-duplicate')}
      submit={() =>
        runner.run(
          'problem.mark-duplicate',
          { id, duplicateOf: original?.id ?? '' },
          { done: text('done.problem.mark-duplicate'), showsRefusal: true },
        )
      }
      onClose={onClose}
    >
      <p>{text('problem.duplicate-hint')}</p>
      <RecordCombo
        label={fieldText(text, 'problem', 'duplicateOf')}
        entity="problem"
        value={original}
        onChange={(chosen, title) => setOriginal(chosen === null ? null : { id: chosen, title })}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}

/** Links one more incident; open ones are offered first, closed ones are found by typing. */
export function LinkIncidentDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const id = overlay.ids?.[0] ?? '';
  const [incident, setIncident] = useState<Picked | null>(null);
  return (
    <FormDialog
      width="normal"
      title={text('command.problem-link')}
      submit={() =>
        runner.run(
          'problem.link',
          { id, incidents: [incident?.id ?? ''] },
          { done: text('done.problem.link'), showsRefusal: true },
        )
      }
      onClose={onClose}
    >
      <RecordCombo
        label={text('entity.ticket')}
        entity="ticket"
        where={[
          { field: 'type', op: 'in', values: ['incident'] },
          { field: 'problem', op: 'in', values: [null] },
        ]}
        value={incident}
        onChange={(chosen, title) => setIncident(chosen === null ? null : { id: chosen, title })}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}

/** PRB-1: the workaround to the incidents, and to their callers where that is wanted. */
export function CommunicateDialog({ overlay, onClose }: DialogProps): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const id = overlay.ids?.[0] ?? '';
  const [toCaller, setToCaller] = useState(false);
  const { result: record } = useWatch({ type: 'record', id });
  const open = [
    { field: 'problem', op: 'in', values: [id] },
    { field: 'state', op: 'not-in', values: ['resolved', 'closed', 'canceled'] },
  ] as const;
  const { result: counts } = useWatch({ type: 'counts', entity: 'ticket', of: { open } });
  if (!record) return null;
  return (
    <FormDialog
      width="normal"
      title={text('command.problem-communicate')}
      submitLabel={text('problem.communicate')}
      submit={() =>
        runner.run(
          'problem.communicate-workaround',
          { id, toCaller },
          { done: text('done.problem.communicate-workaround'), showsRefusal: true },
        )
      }
      onClose={onClose}
    >
      <p>{text('problem.communicate-to', { count: counts?.['open'] ?? 0 })}</p>
      <p className="user-text">{textValue(record.values, 'workaround')}</p>
      <Checkbox label={text('problem.to-caller')} isSelected={toCaller} onChange={setToCaller} />
    </FormDialog>
  );
}
