/**
 * Names of the Trusted Types policies the page may create. `default` answers one question: may this address become a
 * worker? Chromium asks it for `new SharedWorker(url)`, and Vite only recognises workers written in that plain form.
 */
export const trustedTypesPolicies = ['default'] as const;

const directives: readonly (readonly [name: string, ...sources: string[]])[] = [
  ['default-src', "'none'"],
  ['script-src', "'self'"],
  // The hash is the one style element React Aria adds by itself; everything else is a built style sheet.
  ['style-src', "'self'", "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"],
  ['img-src', "'self'", 'blob:', 'data:'],
  ['font-src', "'self'"],
  ['connect-src', "'self'"],
  ['worker-src', "'self'"],
  ['frame-src', "'none'"],
  ['object-src', "'none'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
  ['frame-ancestors', "'none'"],
  ['require-trusted-types-for', "'script'"],
  ['trusted-types', ...trustedTypesPolicies],
];

export const contentSecurityPolicy = directives.map((directive) => directive.join(' ')).join('; ');

/** Sent with every answer of app://, also with refusals and to workers: each of them holds its own policy. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
