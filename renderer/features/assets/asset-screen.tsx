import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { ListAndRecord } from '../../widgets/list-and-record.tsx';
import { servicesView, stockTakesView } from './asset-list.ts';
import { AssetListPane } from './list/asset-list-pane.tsx';
import { AssetPane } from './record/asset-pane.tsx';
import { ServicesScreen } from './services-screen.tsx';
import { StockTakeScreen } from './stock-take/stock-take-screen.tsx';

/** List and asset side by side, the services, or the stock-takes. */
export function AssetScreen(): ReactNode {
  const view = useDesk((desk) => desk.navigation.place.view);
  if (view === servicesView) return <ServicesScreen />;
  if (view === stockTakesView) return <StockTakeScreen />;
  return (
    <ListAndRecord
      renderList={(previews) => <AssetListPane previews={previews} />}
      renderRecord={(isPage) => <AssetPane isPage={isPage} />}
    />
  );
}
