import { useState, type ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { minuteInstant, minuteText } from '../../../widgets/date-text.ts';

export interface MinuteFieldProps {
  readonly label: string;
  /** ms */
  readonly value: number | null;
  readonly onSave: (at: number | null) => Promise<boolean>;
}

/** Date and time by the desk's clock, saved when the field is left. */
export function MinuteField({ label, value, onSave }: MinuteFieldProps): ReactNode {
  const { info } = useServices();
  const [typed, setTyped] = useState<string | null>(null);
  const stored = minuteText(value);
  const commit = async (): Promise<void> => {
    if (typed === null || typed === stored || (await onSave(minuteInstant(typed)))) setTyped(null);
  };
  return (
    <TextField
      type="datetime-local"
      label={label}
      description={info.timeZone}
      value={typed ?? stored}
      onChange={setTyped}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
      }}
    />
  );
}
