import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './side-card.module.css';

/** A card beside a record: what it is about, a few facts, and where they lead (quiet buttons, direct children). */
export function SideCard({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <section aria-label={label} className={classNames(styles, 'card')}>
      {children}
    </section>
  );
}

/** What the card is about. */
export function SideCardName({ name }: { readonly name: string }): ReactNode {
  return <bdi className={classNames(styles, 'name')}>{name}</bdi>;
}

/** What kind of thing the card tells. */
export function SideCardHeading({ children }: { readonly children: ReactNode }): ReactNode {
  return <h2 className={classNames(styles, 'heading')}>{children}</h2>;
}

export function SideCardText({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className={classNames(styles, 'text')}>{children}</p>;
}
