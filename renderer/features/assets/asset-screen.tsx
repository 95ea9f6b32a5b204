import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { ListAndRecord } from '../../widgets/list-and-record.tsx';
import { servicesView } from './asset-list.ts';
import { AssetListPane } from './list/asset-list-pane.tsx';
import { AssetPane } from './record/asset-pane.tsx';
import { ServicesScreen } from './services-screen.tsx';

/** List and asset side by side, or the services. */
export function AssetScreen(): ReactNode {
  const view = useDesk((desk) => desk.navigation.place.view);
  if (view === servicesView) return <ServicesScreen />;
  return (
    <ListAndRecord
      renderList={(previews) => <AssetListPane previews={previews} />}
      renderRecord={(isPage) => <AssetPane isPage={isPage} />}
    />
  );
}
