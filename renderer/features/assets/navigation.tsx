import { Network, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { classNames } from '../../ui/class-names.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { assetsScreen, servicesView } from './asset-list.ts';
import { useAssetText } from './asset-text.ts';
import { assetCommands } from './commands.ts';
import styles from './navigation.module.css';

const entries = [
  { command: 'assets.open', view: '', key: 'assets.title', Glyph: Network },
  { command: 'services.open', view: servicesView, key: 'services.title', Glyph: Workflow },
] as const;

/** Assets and services in the rail. */
export function AssetNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useAssetText();
  const desk = useDeskContext();
  const { screen, view } = useDesk((state) => state.navigation.place);
  return (
    <ul className={classNames(styles, 'navigation', isFolded && 'folded')}>
      {entries.map(({ command, view: own, key, Glyph }) => {
        const isHere = screen === assetsScreen && (view === servicesView) === (own === servicesView);
        return (
          <li key={command}>
            <button
              type="button"
              title={text(key)}
              aria-current={isHere ? 'page' : undefined}
              className={classNames(styles, 'entry', isHere && 'current')}
              onClick={() => assetCommands.find(({ id }) => id === command)?.run(desk)}
            >
              <Glyph size={16} strokeWidth={1.75} aria-hidden />
              <span className={isFolded ? 'visually-hidden' : 'one-line'}>{text(key)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
