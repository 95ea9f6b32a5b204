import { createElement, useEffect } from 'react';
import type { ReactNode } from 'react';
import { useServices } from '../services/services.ts';
import { useWatch } from '../services/use-watch.ts';
import { useDesk, useDeskDispatch } from '../store/desk-state.ts';
import { overlaySlice } from '../store/overlay-slice.ts';
import { toastsSlice } from '../store/toasts-slice.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { ToastRegion } from '../ui/toast-region.tsx';
import type { AppCommand } from '../widgets/app-command.ts';
import { useDeskContext } from '../widgets/desk.ts';
import { AboutDialog, ShortcutSheet } from './help-dialogs.tsx';
import { useAppText } from './app-text.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { features } from './features.ts';
import { Notices } from './notices.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import styles from './frame.module.css';

/** How long a message with Undo stays, in ms. */
const toastMs = 9_000;

/** The frame around every screen: title bar, rail, work sheet, status bar, and what floats over them. */
export function Frame({ commands }: { readonly commands: readonly AppCommand[] }): ReactNode {
  const text = useAppText();
  const { desktop } = useServices();
  const screen = useDesk((desk) => desk.navigation.place.screen);
  const feature = features.find((each) => each.id === screen) ?? features[0];
  const Screen = feature?.Screen;
  useReadyMark();
  const report = (message: string): void => void desktop.call('logError', { message, where: 'screen' });
  const broken = (
    <div className={classNames(styles, 'message')} role="alert">
      <h1>{text('boundary.title')}</h1>
      <p>{text('boundary.text')}</p>
      <Button
        variant="primary"
        onPress={() => {
          location.reload();
        }}
      >
        {text('boundary.reload')}
      </Button>
    </div>
  );
  return (
    <div className={classNames(styles, 'frame')}>
      <TitleBar commands={commands} />
      <Notices />
      <Rail commands={commands} />
      <main aria-label={text('app.work')} className={classNames(styles, 'work')}>
        <ErrorBoundary onFailure={report} fallback={broken}>
          {Screen ? <Screen /> : null}
        </ErrorBoundary>
      </main>
      <StatusBar commands={commands} />
      <ErrorBoundary onFailure={report} fallback={null}>
        <Floating commands={commands} />
      </ErrorBoundary>
      <Toasts />
    </div>
  );
}

function Floating({ commands }: { readonly commands: readonly AppCommand[] }): ReactNode {
  const dispatch = useDeskDispatch();
  const overlay = useDesk((desk) => desk.overlay.open);
  if (overlay === null) return null;
  const close = (): void => void dispatch(overlaySlice.actions.closedOverlay());
  if (overlay.id === 'palette') return <Palette commands={commands} onClose={close} />;
  if (overlay.id === 'shortcuts') return <ShortcutSheet commands={commands} onClose={close} />;
  if (overlay.id === 'settings') return <SettingsDialog onClose={close} />;
  if (overlay.id === 'about') return <AboutDialog onClose={close} />;
  const component = features.map((feature) => feature.overlays[overlay.id]).find((found) => found !== undefined);
  return component ? createElement(component, { overlay, onClose: close }) : null;
}

function Toasts(): ReactNode {
  const text = useAppText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const toasts = useDesk((desk) => desk.toasts);
  return (
    <ToastRegion
      label={text('app.toasts')}
      closeLabel={text('action.close')}
      duration={toastMs}
      toasts={toasts.map(({ id, text: said, tone, undo }) => ({
        id,
        text: said,
        tone,
        ...(undo.length > 0 ? { action: { label: text('action.undo'), keys: 'Mod+z' } } : {}),
      }))}
      onAction={(id) => {
        const toast = toasts.find((each) => each.id === id);
        dispatch(toastsSlice.actions.dismissedToast(id));
        if (toast) void runner.undo(toast.undo);
      }}
      onClose={(id) => dispatch(toastsSlice.actions.dismissedToast(id))}
    />
  );
}

/** `data-ready` on the root says that rows, or the words for their absence, are painted. */
function useReadyMark(): void {
  const { result: status } = useWatch({ type: 'status' });
  const isOpen = status !== undefined && status.phase !== 'opening';
  useEffect(() => {
    if (!isOpen) return undefined;
    let frame = 0;
    const look = (): void => {
      if (document.querySelector('[data-pane="list"] :is([role="row"], tr, p, [data-body] > *)') === null)
        frame = requestAnimationFrame(look);
      else document.documentElement.dataset['ready'] = '';
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [isOpen]);
}
