import { ClipboardCheck, Network, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { RailEntry, RailList } from '../../widgets/rail-entry.tsx';
import { assetsScreen, servicesView, stockTakesView } from './asset-list.ts';
import { useAssetText } from './asset-text.ts';
import { assetCommands } from './commands.ts';

const entries = [
  { command: 'assets.open', view: '', key: 'assets.title', Glyph: Network },
  { command: 'services.open', view: servicesView, key: 'services.title', Glyph: Workflow },
  { command: 'stock-takes.open', view: stockTakesView, key: 'stock-takes.title', Glyph: ClipboardCheck },
] as const;

/** Assets and services in the rail. */
export function AssetNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useAssetText();
  const desk = useDeskContext();
  const { screen, view } = useDesk((state) => state.navigation.place);
  return (
    <RailList>
      {entries.map(({ command, view: own, key, Glyph }) => (
        <li key={command}>
          <RailEntry
            name={text(key)}
            glyph={<Glyph size={16} strokeWidth={1.75} aria-hidden />}
            isFolded={isFolded}
            isHere={screen === assetsScreen && view === own}
            onPress={() => assetCommands.find(({ id }) => id === command)?.run(desk)}
          />
        </li>
      ))}
    </RailList>
  );
}
