import { ArrowLeft, Copy, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useServices } from '../services/services.ts';
import { useText } from '../services/text.ts';
import { useDeskDispatch } from '../store/desk-state.ts';
import { navigationSlice } from '../store/navigation-slice.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { useDeskContext } from './desk.ts';
import styles from './record-frame.module.css';

/** The pane of the open record: header, tabs, composer. */
export function RecordPaneFrame({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section aria-label={label} data-pane="record" tabIndex={-1} className={classNames(styles, 'pane')}>
      {children}
    </section>
  );
}

export interface RecordHeaderFrameProps {
  /** Nothing stands beside the record: it offers the way back. */
  readonly isPage: boolean;
  /** '' when the record has none. */
  readonly reference: string;
  /** Shown beside its copy button. */
  readonly copyKeys?: string;
  /** Chips: class, state, priority, what waits. */
  readonly chips: ReactNode;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
  /** Title and what is said below it. */
  readonly children: ReactNode;
}

/** Head of a record: way back, reference to copy, how it stands, what can be done. */
export function RecordHeaderFrame(props: RecordHeaderFrameProps): ReactNode {
  const { isPage, reference, copyKeys, chips, actions, children } = props;
  const text = useText();
  const dispatch = useDeskDispatch();
  const { desktop } = useServices();
  const { runner } = useDeskContext();
  const copy = async (): Promise<void> => {
    await desktop.call('copyText', { text: reference });
    runner.tell(text('toast.copied', { text: reference }));
  };
  return (
    <header className={classNames(styles, 'header')}>
      <div className={classNames(styles, 'top')}>
        {isPage ? (
          <IconButton
            label={text('record.back')}
            keys="Escape"
            icon={<ArrowLeft size={16} />}
            onPress={() => dispatch(navigationSlice.actions.closedRecord())}
          />
        ) : null}
        {reference === '' ? null : (
          <>
            <bdi className={classNames(styles, 'reference')}>{reference}</bdi>
            <IconButton
              size="small"
              label={text('command.copy-reference')}
              {...(copyKeys === undefined ? {} : { keys: copyKeys })}
              icon={<Copy size={14} />}
              onPress={() => void copy()}
            />
          </>
        )}
        {chips}
        <span className={classNames(styles, 'space')} />
        {actions === undefined ? null : <div className={classNames(styles, 'actions')}>{actions}</div>}
      </div>
      {children}
    </header>
  );
}

/** The title of a record that is not edited in place. */
export function RecordTitle({ title }: { readonly title: string }): ReactNode {
  return (
    <h1 className={classNames(styles, 'title')}>
      <bdi>{title}</bdi>
    </h1>
  );
}

/** What a tab of a record holds: its groups below each other. */
export function RecordTab({
  isWide = false,
  children,
}: {
  /** For fields in several columns. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return <div className={classNames(styles, 'tab', isWide && 'wide')}>{children}</div>;
}

export interface RecordGroupProps {
  readonly title: string;
  /** Its content says the title itself. */
  readonly isLabelled?: boolean;
  /** Lines of a list rather than fields. */
  readonly isTight?: boolean;
  readonly children: ReactNode;
}

/** Fields or lines that belong together, under their heading. */
export function RecordGroup({ title, isLabelled = false, isTight = false, children }: RecordGroupProps): ReactNode {
  return (
    <section aria-label={title} className={classNames(styles, 'group', isTight && 'tight')}>
      {isLabelled ? null : <h2 className={classNames(styles, 'heading')}>{title}</h2>}
      {children}
    </section>
  );
}

export interface LinkedRowProps {
  readonly onOpen: () => void;
  readonly isDisabled?: boolean;
  /** Absent where the link is not removed from here. */
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
  readonly children: ReactNode;
}

/** A record another one is related to: opens it, and takes the relation away. */
export function LinkedRow({ onOpen, isDisabled = false, onRemove, removeLabel, children }: LinkedRowProps): ReactNode {
  return (
    <div className={classNames(styles, 'linked')}>
      <button type="button" disabled={isDisabled} onClick={onOpen} className={classNames(styles, 'open')}>
        {children}
      </button>
      {onRemove === undefined ? null : (
        <IconButton size="small" label={removeLabel ?? ''} icon={<X size={14} />} onPress={onRemove} />
      )}
    </div>
  );
}
