import { I18nProvider as AriaI18nProvider } from 'react-aria-components';
import type { ReactNode } from 'react';

/** Language of the components' own words and formats. */
export function I18nProvider({
  locale,
  children,
}: {
  readonly locale: string;
  readonly children: ReactNode;
}): ReactNode {
  return <AriaI18nProvider locale={locale}>{children}</AriaI18nProvider>;
}
