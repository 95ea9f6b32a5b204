import type { ReactNode } from 'react';
import { useServices } from '../services/services.ts';
import { useWatch } from '../services/use-watch.ts';
import { Banner } from '../ui/banner.tsx';
import { classNames } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { commandGroups } from '../widgets/app-command.ts';
import type { AppCommand } from '../widgets/app-command.ts';
import { useDeskContext } from '../widgets/desk.ts';
import { useAppText } from './app-text.ts';
import styles from './frame.module.css';

/** Every command that has keys, by what it is for. */
export function ShortcutSheet({
  commands,
  onClose,
}: {
  readonly commands: readonly AppCommand[];
  readonly onClose: () => void;
}): ReactNode {
  const text = useAppText();
  const desk = useDeskContext();
  return (
    <Dialog title={text('sheet.title')} closeLabel={text('action.close')} onClose={onClose} width="wide">
      {/* Longer than the window: it must be reached by keys to be scrolled by them. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classNames(styles, 'sheet-list')} role="group" aria-label={text('sheet.title')} tabIndex={0}>
        {commandGroups.map((group) => {
          const shown = commands.filter((command) => command.group === group && command.keys.length > 0);
          if (shown.length === 0) return null;
          return (
            <section key={group}>
              <h3>{text(`group.${group}`)}</h3>
              <dl>
                {shown.map((command) => (
                  <div key={command.id}>
                    <dt>{desk.translate(command.title)}</dt>
                    <dd>
                      {command.keys.map((keys) => (
                        <Kbd key={keys} keys={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

export function AboutDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useAppText();
  const { info } = useServices();
  const { result: status } = useWatch({ type: 'status' });
  const records = Object.values(status?.records ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Dialog title={text('about.title')} closeLabel={text('action.close')} onClose={onClose} width="narrow">
      <p>{text('about.version', { version: info.version })}</p>
      <p>{text('about.runtime', { electron: info.electron, chromium: info.chromium, node: info.node })}</p>
      <p>{text('about.device', { records, operations: status?.operations ?? 0 })}</p>
      {info.runtimeNotice === null ? null : <Banner tone="notice">{info.runtimeNotice}</Banner>}
    </Dialog>
  );
}
