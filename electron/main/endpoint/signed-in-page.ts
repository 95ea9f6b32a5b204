import { createHash } from 'node:crypto';

export type SignInPage = 'done' | 'refused' | 'unknown';

const english: Readonly<Record<SignInPage, readonly [title: string, text: string]>> = {
  done: ['Back to Holdfast', 'The sign-in goes on in Holdfast. You can close this page.'],
  refused: ['Not signed in', 'Holdfast says why, and what to do. You can close this page.'],
  unknown: [
    'No sign-in under way',
    'This address belongs to no sign-in that Holdfast waits for. Begin again in Holdfast.',
  ],
};
const german: typeof english = {
  done: ['Zurück zu Holdfast', 'Die Anmeldung geht in Holdfast weiter. Sie können diese Seite schließen.'],
  refused: ['Nicht angemeldet', 'Holdfast sagt, warum, und was zu tun ist. Sie können diese Seite schließen.'],
  unknown: [
    'Keine Anmeldung im Gang',
    'Diese Adresse gehört zu keiner Anmeldung, auf die Holdfast wartet. Beginnen Sie in Holdfast noch einmal.',
  ],
};

const style =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}' +
  'h1{font-size:1.4rem;font-weight:600;margin:0 0 .5rem}';

/** The page runs nothing, loads nothing and tells nobody where it was. */
export const signInPageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** What the browser shows when it comes back. `locale`: BCP 47; German for a German system, else English. */
export function signInPage(page: SignInPage, locale: string): string {
  const isGerman = locale.startsWith('de');
  const [title, text] = (isGerman ? german : english)[page];
  return `<!doctype html><html lang="${isGerman ? 'de' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><h1>${title}</h1><p>${text}</p></html>`;
}
