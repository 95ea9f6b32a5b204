import { Radio, RadioGroup } from 'react-aria-components';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './segmented.module.css';

export interface Segment<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly glyph?: ReactNode;
}

export interface SegmentedProps<Id extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}

/** One of a few, all in sight. */
export function Segmented<Id extends string>({ label, segments, value, onChange }: SegmentedProps<Id>): ReactNode {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(chosen) => {
        const segment = segments.find((candidate) => candidate.id === chosen);
        if (segment !== undefined) onChange(segment.id);
      }}
      className={classNames(styles, 'group')}
    >
      {segments.map((segment) => (
        <Radio key={segment.id} value={segment.id} className={classNames(styles, 'segment')}>
          {segment.glyph}
          {segment.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}
