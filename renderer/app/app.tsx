import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { Provider } from 'react-redux';
import { I18nProvider } from '../ui/i18n-provider.tsx';
import { ServicesContext } from '../services/services.ts';
import type { Services } from '../services/services.ts';
import { useDesk } from '../store/desk-state.ts';
import type { AppCommand } from '../widgets/app-command.ts';
import { DeskContext } from '../widgets/desk.ts';
import type { Desk } from '../widgets/desk.ts';
import { TicketPanelsContext } from '../widgets/ticket-panels.ts';
import type { DeskStore } from './build-store.ts';
import { features } from './features.ts';
import { Frame } from './frame.tsx';

const ticketPanels = features.flatMap(({ id, TicketPanel }) =>
  TicketPanel === undefined ? [] : [{ id, Panel: TicketPanel }],
);

export interface AppProps {
  readonly services: Services;
  readonly store: DeskStore;
  readonly desk: Desk;
  readonly commands: readonly AppCommand[];
  readonly messages: Readonly<Record<string, string>>;
}

export function App({ services, store, desk, commands, messages }: AppProps): ReactNode {
  return (
    <IntlProvider locale={services.locale} messages={{ ...messages }} timeZone={services.info.timeZone}>
      <I18nProvider locale={services.locale}>
        <Provider store={store}>
          <ServicesContext.Provider value={services}>
            <DeskContext.Provider value={desk}>
              <Appearance services={services} />
              <TicketPanelsContext.Provider value={ticketPanels}>
                <Frame commands={commands} />
              </TicketPanelsContext.Provider>
            </DeskContext.Provider>
          </ServicesContext.Provider>
        </Provider>
      </I18nProvider>
    </IntlProvider>
  );
}

/** Theme, density and zoom reach CSS and the shell from here. */
function Appearance({ services }: { readonly services: Services }): ReactNode {
  const { theme, density, zoom } = useDesk((desk) => desk.appearance);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const show = (): void => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    show();
    dark.addEventListener('change', show);
    void services.desktop.call('setTheme', { theme });
    return () => dark.removeEventListener('change', show);
  }, [services, theme]);
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  useEffect(() => {
    void services.desktop.call('setZoom', { percent: zoom });
  }, [services, zoom]);
  return null;
}
