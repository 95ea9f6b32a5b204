import { ListBoxItem } from 'react-aria-components';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { MarkedText } from './marked-text.tsx';
import styles from './popup.module.css';

type Marks = readonly (readonly [start: number, end: number])[];

/** One thing to choose from, in every list that pops up. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Second line or explanation. */
  readonly detail?: string | undefined;
  /** Places to mark in label and detail. */
  readonly labelMarks?: Marks;
  readonly detailMarks?: Marks;
  readonly glyph?: ReactNode;
}

export function ChoiceText({ choice }: { readonly choice: Choice }): ReactNode {
  return (
    <>
      {choice.glyph === undefined ? null : <span className={classNames(styles, 'glyph')}>{choice.glyph}</span>}
      <span className={classNames(styles, 'text')}>
        <bdi>
          <MarkedText text={choice.label} marks={choice.labelMarks} />
        </bdi>
        {choice.detail === undefined ? null : (
          <bdi className={classNames(styles, 'detail')}>
            <MarkedText text={choice.detail} marks={choice.detailMarks} />
          </bdi>
        )}
      </span>
    </>
  );
}

export function ChoiceItem({ choice }: { readonly choice: Choice }): ReactNode {
  return (
    <ListBoxItem id={choice.id} textValue={choice.label} className={classNames(styles, 'item')}>
      <ChoiceText choice={choice} />
      <Check size={14} aria-hidden className={classNames(styles, 'tick')} />
    </ListBoxItem>
  );
}
