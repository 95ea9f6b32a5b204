import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { securityHeaders } from './content-security-policy.ts';

/** Where the page comes from. A real origin: IndexedDB, workers and the content security policy hang on it. */
export const appScheme = 'app';
export const appHost = 'bundle';
export const appOrigin = `${appScheme}://${appHost}`;

/** Privileges to register before the application is ready. */
export const appSchemePrivileges = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, stream: true },
} as const;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Built files by the path of their address, e.g. `/assets/main-1a2b.js`. */
export type BuiltFiles = ReadonlyMap<string, { readonly file: string; readonly contentType: string }>;

/** Lists the built renderer once. Source maps and kinds of file the page has no use for are left out. */
export async function listBuiltFiles(rendererRoot: string): Promise<BuiltFiles> {
  const files = new Map<string, { readonly file: string; readonly contentType: string }>();
  await collect(rendererRoot, '');
  if (!files.has('/index.html')) throw new Error(`${rendererRoot} holds no index.html: run \`npm run build\` first`);
  return files;

  async function collect(folder: string, prefix: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      const contentType = contentTypes[path.extname(entry.name)];
      if (entry.isDirectory()) await collect(file, `${prefix}/${entry.name}`);
      else if (entry.isFile() && contentType !== undefined) files.set(`${prefix}/${entry.name}`, { file, contentType });
    }
  }
}

/** Answers app:// from the list alone: no path is ever made from an address, so none can lead elsewhere. */
export function createAppResponder(files: BuiltFiles): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refuse(405, 'Method Not Allowed');
    const url = new URL(request.url);
    if (url.protocol !== `${appScheme}:` || url.host !== appHost) return refuse(404, 'Not Found');
    const found = files.get(url.pathname === '/' ? '/index.html' : url.pathname);
    if (found === undefined) return refuse(404, 'Not Found');
    const body = await readFile(found.file);
    return new Response(new Uint8Array(body), {
      headers: { ...securityHeaders, 'Content-Type': found.contentType, 'Cache-Control': 'no-cache' },
    });
  };
}

function refuse(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' } });
}
