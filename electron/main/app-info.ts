import { app } from 'electron';
import type { AppInfo, OpenedFile } from '../../shared/desktop-api.ts';
import type { Spaces } from './journal/spaces.ts';
import type { LaunchOptions } from './launch-options.ts';
import { describeRuntime } from './runtime-notice.ts';

/** Name of the space a person who never named one works in. */
const firstSpace = 'desk';

export interface AppInfoSetting {
  readonly options: LaunchOptions;
  /** Space of the last run; null on the first. */
  readonly lastSpace: string | null;
  readonly spaces: Spaces;
  /** The file the command line named, open already. */
  readonly importFile: OpenedFile | null;
}

/** The space this start works in. */
export function chooseSpace({ options, lastSpace }: Pick<AppInfoSetting, 'options' | 'lastSpace'>): string {
  return options.space ?? lastSpace ?? firstSpace;
}

export async function readAppInfo({ options, lastSpace, spaces, importFile }: AppInfoSetting): Promise<AppInfo> {
  const space = chooseSpace({ options, lastSpace });
  const { electron, chrome, node } = process.versions;
  return {
    version: app.getVersion(),
    electron,
    chromium: chrome,
    node,
    platform: process.platform,
    space,
    demo: importFile === null && !options.empty && (await spaces.isNew(space)),
    import: importFile,
    headless: options.headless,
    runtimeNotice: describeRuntime(electron),
    locale: chooseLocale(app.getPreferredSystemLanguages()),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** First language of the system that is a well-formed tag: bare systems say `C` or nothing. */
export function chooseLocale(languages: readonly string[]): string {
  for (const language of languages) {
    try {
      const [tag] = Intl.getCanonicalLocales(language);
      if (tag !== undefined && tag.length > 1) return tag;
    } catch {
      // Not a language tag: the next one may be.
    }
  }
  return 'en';
}
