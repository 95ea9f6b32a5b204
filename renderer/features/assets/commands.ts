import type { RecordView } from '../../data/data-api.ts';
import { layoutSlice } from '../../store/layout-slice.ts';
import { listsSlice } from '../../store/lists-slice.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { emptySelection } from '../../store/selection.ts';
import type { AppCommand } from '../../widgets/app-command.ts';
import type { Desk } from '../../widgets/desk.ts';
import { focusTarget } from '../../widgets/focus-target.ts';
import { aboutAssets, hasAsset, inAssetList, readAssetList } from './asset-actions.ts';
import { exportAssets } from './export-assets.ts';
import { assetsScreen, servicesView, stockTakesView } from './asset-list.ts';

function go(view: string): (desk: Desk) => void {
  return (desk) => {
    desk.dispatch(navigationSlice.actions.wentTo({ screen: assetsScreen, view, record: null }));
  };
}

const isOpen = (desk: Desk): boolean => desk.getState().navigation.place.record !== null;
const isAssetOpen = (desk: Desk): boolean => isOpen(desk) && inAssetList(desk);

/** Opens a dialog about the open asset. */
function about(id: string): (desk: Desk) => void {
  return (desk) => {
    const { record } = desk.getState().navigation.place;
    if (record !== null) desk.dispatch(overlaySlice.actions.openedOverlay({ id, ids: [record] }));
  };
}

/** Clears what is chosen, else closes the open asset. */
function stepBack(desk: Desk): void {
  const { key, state } = readAssetList(desk);
  if (state.selection.kind === 'all' || state.selection.ids.length > 0)
    desk.dispatch(listsSlice.actions.selected({ list: key, selection: emptySelection }));
  else desk.dispatch(navigationSlice.actions.closedRecord());
}

function press(key: string): () => void {
  return () => {
    if (!focusTarget('list')) return;
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
}

export const assetCommands: readonly AppCommand[] = [
  { id: 'assets.open', title: 'command.assets', group: 'go', keys: ['g c'], run: go('') },
  { id: 'services.open', title: 'command.services', group: 'go', keys: ['g h'], run: go(servicesView) },
  { id: 'stock-takes.open', title: 'command.stock-takes', group: 'go', keys: ['g r'], run: go(stockTakesView) },
  {
    id: 'asset.new',
    title: 'command.asset-new',
    group: 'create',
    keys: ['c'],
    screen: assetsScreen,
    run: (desk) => desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-new' })),
  },
  {
    id: 'asset.relate',
    title: 'command.asset-relate',
    group: 'list',
    keys: ['r'],
    screen: assetsScreen,
    when: isAssetOpen,
    run: about('asset-relate'),
  },
  {
    id: 'asset.impact',
    title: 'command.asset-impact',
    group: 'list',
    keys: ['m'],
    screen: assetsScreen,
    when: isAssetOpen,
    run: (desk) => desk.dispatch(layoutSlice.actions.changedLayout({ assetTab: 'impact' })),
  },
  {
    id: 'asset.status',
    title: 'command.asset-status',
    group: 'list',
    keys: ['s'],
    screen: assetsScreen,
    when: hasAsset,
    run: aboutAssets('asset-status'),
  },
  {
    id: 'asset.assign',
    title: 'command.asset-assign',
    group: 'list',
    keys: ['a'],
    screen: assetsScreen,
    when: hasAsset,
    run: aboutAssets('asset-assign'),
  },
  {
    id: 'asset.site',
    title: 'command.asset-site',
    group: 'list',
    keys: ['w'],
    screen: assetsScreen,
    when: hasAsset,
    run: aboutAssets('asset-site'),
  },
  {
    id: 'asset.labels',
    title: 'command.asset-labels',
    group: 'list',
    keys: ['l'],
    screen: assetsScreen,
    when: hasAsset,
    run: aboutAssets('asset-labels'),
  },
  {
    id: 'asset.select-all',
    title: 'command.asset-select-all',
    group: 'list',
    keys: ['Mod+a'],
    screen: assetsScreen,
    when: inAssetList,
    run: (desk) =>
      desk.dispatch(
        listsSlice.actions.selected({ list: readAssetList(desk).key, selection: { kind: 'all', except: [] } }),
      ),
  },
  {
    id: 'asset.export',
    title: 'command.export-list',
    group: 'list',
    keys: ['Mod+Shift+e'],
    screen: assetsScreen,
    when: inAssetList,
    whileTyping: true,
    run: (desk) => void exportAssets(desk),
  },
  {
    id: 'asset.select',
    title: 'command.asset-select',
    group: 'list',
    keys: ['x'],
    screen: assetsScreen,
    isHidden: true,
    run: press(' '),
  },
  {
    id: 'ticket.impact',
    title: 'command.ticket-impact',
    group: 'ticket',
    keys: [],
    screen: 'tickets',
    when: isOpen,
    run: (desk) => void showTicketImpact(desk),
  },
  {
    id: 'asset.next',
    title: 'command.asset-next',
    group: 'list',
    keys: ['j'],
    screen: assetsScreen,
    isHidden: true,
    run: press('ArrowDown'),
  },
  {
    id: 'asset.previous',
    title: 'command.asset-previous',
    group: 'list',
    keys: ['k'],
    screen: assetsScreen,
    isHidden: true,
    run: press('ArrowUp'),
  },
  {
    id: 'asset.search',
    title: 'command.asset-search',
    group: 'list',
    keys: ['/', 'Mod+f'],
    screen: assetsScreen,
    run: () => void focusTarget('search'),
  },
  {
    id: 'asset.close',
    title: 'command.asset-close',
    group: 'list',
    keys: ['Escape'],
    screen: assetsScreen,
    isHidden: true,
    run: stepBack,
  },
];

/** The impact of the configuration item of the open ticket. */
async function showTicketImpact(desk: Desk): Promise<void> {
  const { record } = desk.getState().navigation.place;
  if (record === null) return;
  const ticket = (await desk.services.data.call('query', { type: 'record', id: record })) as RecordView | null;
  const asset = ticket?.values['asset'];
  if (typeof asset === 'string')
    desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-impact', ids: [asset] }));
  else desk.runner.tell(desk.translate('impact.no-asset'), 'refused');
}
