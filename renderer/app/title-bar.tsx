import { PanelLeft, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useServices } from '../services/services.ts';
import { useDeskDispatch } from '../store/desk-state.ts';
import { layoutSlice } from '../store/layout-slice.ts';
import { overlaySlice } from '../store/overlay-slice.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Kbd } from '../ui/kbd.tsx';
import type { AppCommand } from '../widgets/app-command.ts';
import { useAppText } from './app-text.ts';
import { SyncPill } from './sync-pill.tsx';
import styles from './title-bar.module.css';

/** Name, the field that finds and does everything, the sync mark, and who is at the desk. */
export function TitleBar({ commands }: { readonly commands: readonly AppCommand[] }): ReactNode {
  const text = useAppText();
  const dispatch = useDeskDispatch();
  const { actor } = useServices();
  return (
    <header className={classNames(styles, 'bar')}>
      <div className={classNames(styles, 'start')}>
        <IconButton
          label={text('app.fold')}
          icon={<PanelLeft size={16} />}
          onPress={() => dispatch(layoutSlice.actions.toggledRail())}
        />
        <h1 className={classNames(styles, 'brand')}>{text('app.name')}</h1>
      </div>
      <button
        type="button"
        className={classNames(styles, 'command')}
        onClick={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'palette' }))}
      >
        <Search size={14} aria-hidden />
        <span className={classNames(styles, 'hint')}>{text('app.search')}</span>
        <Kbd keys="Mod+k" />
      </button>
      <div className={classNames(styles, 'end')}>
        <SyncPill commands={commands} />
        <span role="img" aria-label={actor.name} title={actor.name}>
          <Avatar name={actor.name} size="large" />
        </span>
      </div>
    </header>
  );
}
