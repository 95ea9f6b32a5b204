import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useServices } from '../services/services.ts';
import { useText } from '../services/text.ts';
import { TextArea, TextField } from '../ui/text-field.tsx';

export interface TextInPlaceProps {
  /** Kind and id of the record: a draft of the text is kept under them while it is being written. */
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly isMultiline?: boolean;
  readonly isDisabled: boolean;
  readonly save: (field: string, value: string | null) => Promise<boolean>;
}

/**
 * A text edited where it stands. Leaving the field or Enter (Ctrl+Enter in several lines) saves, Esc returns to what
 * was. Until it is saved the text is kept as a draft; one that a crash left behind is shown again.
 */
export function TextInPlace(props: TextInPlaceProps): ReactNode {
  const { entity, id, field, value, save } = props;
  const { drafts } = useServices();
  const text = useText();
  const draftKey = `${entity}/${id}/${field}`;
  const [typed, setTyped] = useState<string | null>(() => drafts.read(draftKey) || null);
  const [isRestored, setRestored] = useState(typed !== null);
  const isReverting = useRef(false);

  const change = (words: string): void => {
    setTyped(words);
    setRestored(false);
    drafts.write(draftKey, words);
  };
  const settle = (): void => {
    setTyped(null);
    setRestored(false);
    drafts.discard(draftKey);
  };
  const commit = async (): Promise<void> => {
    if (isReverting.current || typed === null) return;
    if (typed === value) return settle();
    // A refused text stays in the field, with its draft.
    if (await save(field, typed.trim() === '' ? null : typed)) settle();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && typed !== null) {
      isReverting.current = true;
      settle();
      event.stopPropagation();
      if (event.target instanceof HTMLElement) event.target.blur();
      isReverting.current = false;
    } else if (event.key === 'Enter' && (props.isMultiline !== true || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      void commit();
    }
  };
  const shared = {
    label: props.label,
    value: typed ?? value,
    onChange: change,
    onBlur: () => void commit(),
    onKeyDown,
    maxLength: props.maxLength,
    isDisabled: props.isDisabled,
    placeholder: text('value.none'),
    ...(isRestored ? { description: text('draft.restored') } : {}),
  };
  const rows = Math.min(14, Math.max(3, (typed ?? value).split('\n').length + 1));
  return props.isMultiline === true ? <TextArea {...shared} rows={rows} /> : <TextField {...shared} />;
}
