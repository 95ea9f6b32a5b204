import type { Feature } from '../../widgets/feature.ts';
import { AssetScreen } from './asset-screen.tsx';
import { assetsScreen } from './asset-list.ts';
import { assetCommands } from './commands.ts';
import { AssetAssignPicker, AssetSitePicker, AssetStatusPicker } from './dialogs/asset-pickers.tsx';
import { ImpactDialog } from './dialogs/impact-dialog.tsx';
import { NewAssetDialog } from './dialogs/new-asset-dialog.tsx';
import { RelateDialog } from './dialogs/relate-dialog.tsx';
import { ServiceDialog } from './dialogs/service-dialog.tsx';
import { LabelsDialog } from './labels/labels-dialog.tsx';
import { openAsset, openService } from './open-found.ts';
import { AssetNavigation } from './navigation.tsx';
import { FinishStockTakeDialog, NewStockTakeDialog } from './stock-take/stock-take-dialogs.tsx';
import de from './messages/de.json';
import en from './messages/en.json';

/** Assets and services: what there is, what hangs on what, and who suffers when it fails. */
export const assetsFeature: Feature = {
  id: assetsScreen,
  messages: { en, de },
  commands: assetCommands,
  Screen: AssetScreen,
  Navigation: AssetNavigation,
  navigationAt: 'foot',
  opens: { asset: openAsset, service: openService },
  overlays: {
    'asset-new': NewAssetDialog,
    'asset-relate': RelateDialog,
    'asset-impact': ImpactDialog,
    'asset-status': AssetStatusPicker,
    'asset-assign': AssetAssignPicker,
    'asset-site': AssetSitePicker,
    'asset-labels': LabelsDialog,
    'stock-take-new': NewStockTakeDialog,
    'stock-take-finish': FinishStockTakeDialog,
    service: ServiceDialog,
  },
};
