import type { ReactNode } from 'react';
import { useDesk, useDeskDispatch } from '../../store/desk-state.ts';
import { layoutSlice, listWidthRange } from '../../store/layout-slice.ts';
import { classNames } from '../../ui/class-names.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { servicesView } from './asset-list.ts';
import { useAssetText } from './asset-text.ts';
import { AssetListPane } from './list/asset-list-pane.tsx';
import { AssetPane } from './record/asset-pane.tsx';
import { ServicesScreen } from './services-screen.tsx';
import styles from './asset-screen.module.css';

/** Below this width (px) the open asset takes the place of the list. */
const narrow = 900;

export function AssetScreen(): ReactNode {
  const { view, record } = useDesk((desk) => desk.navigation.place);
  return view === servicesView ? <ServicesScreen /> : <AssetPanes openId={record} />;
}

/** List and asset side by side; a narrow window shows one of them. */
function AssetPanes({ openId }: { readonly openId: string | null }): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const listWidth = useDesk((desk) => desk.layout.listWidth);
  const isNarrow = useMediaQuery(`(max-width: ${narrow - 1}px)`);
  if (isNarrow) return openId === null ? <AssetListPane previews={false} /> : <AssetPane isPage />;
  return (
    <div className={classNames(styles, 'screen')}>
      <div className={classNames(styles, 'list')} style={{ inlineSize: listWidth }}>
        <AssetListPane previews />
      </div>
      <Splitter
        label={text('assets.splitter')}
        value={listWidth}
        min={listWidthRange.min}
        max={listWidthRange.max}
        usual={listWidthRange.usual}
        onChange={(width) => dispatch(layoutSlice.actions.changedLayout({ listWidth: width }))}
      />
      <div className={classNames(styles, 'record')}>
        <AssetPane isPage={false} />
      </div>
    </div>
  );
}
