import type { ReactNode } from 'react';
import { useDesk, useDeskDispatch } from '../store/desk-state.ts';
import { appearanceSlice, densities, themes, zoomSteps } from '../store/appearance-slice.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { classNames } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { useIntl } from 'react-intl';
import { useAppText } from './app-text.ts';
import styles from './settings-dialog.module.css';

/** How the desk looks and listens on this device. Everything takes effect at once. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useAppText();
  const intl = useIntl();
  const dispatch = useDeskDispatch();
  const { theme, density, zoom, singleKeys } = useDesk((desk) => desk.appearance);
  const change = appearanceSlice.actions.changedAppearance;
  return (
    <Dialog title={text('settings.title')} closeLabel={text('action.close')} onClose={onClose}>
      <Setting label={text('settings.theme')}>
        <Segmented
          label={text('settings.theme')}
          segments={themes.map((id) => ({ id, label: text(`theme.${id}`) }))}
          value={theme}
          onChange={(next) => dispatch(change({ theme: next }))}
        />
      </Setting>
      <Setting label={text('settings.density')}>
        <Segmented
          label={text('settings.density')}
          segments={densities.map((id) => ({ id, label: text(`density.${id}`) }))}
          value={density}
          onChange={(next) => dispatch(change({ density: next }))}
        />
      </Setting>
      <Setting label={text('settings.zoom')}>
        <Select
          label={text('settings.zoom')}
          labelHidden
          choices={zoomSteps.map((step) => ({
            id: String(step),
            label: intl.formatNumber(step / 100, { style: 'percent' }),
          }))}
          value={String(zoom)}
          onChange={(step) => dispatch(change({ zoom: Number(step) }))}
          placeholder=""
        />
      </Setting>
      <Checkbox
        label={text('settings.single-keys')}
        isSelected={singleKeys}
        onChange={(next) => dispatch(change({ singleKeys: next }))}
      />
    </Dialog>
  );
}

function Setting({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={classNames(styles, 'setting')}>
      <span aria-hidden>{label}</span>
      {children}
    </div>
  );
}
