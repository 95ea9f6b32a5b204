import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useTicketText } from '../ticket-text.ts';
import styles from './record-header.module.css';

export interface TitleInPlaceProps {
  readonly id: string;
  readonly title: string;
  readonly isDisabled: boolean;
  readonly save: (field: string, value: string) => Promise<boolean>;
}

const longest = 200;

/** The title of the ticket: a heading until it is pressed (or E, F2), then a field. Enter saves, Esc returns. */
export function TitleInPlace({ id, title, isDisabled, save }: TitleInPlaceProps): ReactNode {
  const { drafts } = useServices();
  const text = useTicketText();
  const draftKey = `ticket/${id}/title`;
  const [typed, setTyped] = useState<string | null>(() => drafts.read(draftKey) || null);
  const isEditing = typed !== null;
  const field = useRef<HTMLTextAreaElement>(null);
  const isReverting = useRef(false);
  useEffect(() => {
    if (isEditing) field.current?.select();
  }, [isEditing]);

  const settle = (): void => {
    setTyped(null);
    drafts.discard(draftKey);
  };
  const commit = async (): Promise<void> => {
    if (typed === null || isReverting.current) return;
    const words = typed.trim();
    if (words === title || words === '') return settle();
    if (await save('title', words)) settle();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') void commit();
    else if (event.key === 'Escape') {
      isReverting.current = true;
      settle();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (typed === null) {
    return (
      <h1 className={classNames(styles, 'title')}>
        <button
          type="button"
          data-focus="title"
          disabled={isDisabled}
          title={text('record.edit-title')}
          onClick={() => {
            isReverting.current = false;
            setTyped(title);
          }}
          className={classNames(styles, 'titleButton')}
        >
          <bdi>{title}</bdi>
        </button>
      </h1>
    );
  }
  return (
    <h1 className={classNames(styles, 'title')}>
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={text('field.ticket.title')}
        value={typed}
        maxLength={longest}
        onChange={(event) => {
          const words = event.target.value.replaceAll(/\s*\n\s*/g, ' ');
          setTyped(words);
          drafts.write(draftKey, words);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => void commit()}
        className={classNames(styles, 'titleField')}
      />
    </h1>
  );
}
