import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './plain-table.module.css';

/** A table that is read more than worked in, for up to some hundred rows. Longer ones use the virtual grid. */
export function PlainTable({
  columns,
  children,
}: {
  readonly columns: readonly string[];
  /** Its rows. */
  readonly children: ReactNode;
}): ReactNode {
  return (
    <table className={classNames(styles, 'table')}>
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** The name of something, which opens it. */
export function NameButton({ name, onPress }: { readonly name: string; readonly onPress: () => void }): ReactNode {
  return (
    <button type="button" className={classNames(styles, 'name')} onClick={onPress}>
      <bdi>{name}</bdi>
    </button>
  );
}
