import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { appSchemePrivileges, createAppResponder, listBuiltFiles } from '../../../../electron/main/app-protocol.ts';
import { contentSecurityPolicy, securityHeaders } from '../../../../electron/main/content-security-policy.ts';

let respond: (request: Request) => Promise<Response>;
const secret = 'outside the bundle';

beforeAll(async () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'holdfast-protocol-'));
  const bundle = path.join(root, 'renderer');
  mkdirSync(path.join(bundle, 'assets'), { recursive: true });
  mkdirSync(path.join(root, 'renderer-evil'));
  writeFileSync(path.join(bundle, 'index.html'), '<p>page</p>');
  writeFileSync(path.join(bundle, 'assets/a.js'), 'export {}');
  writeFileSync(path.join(bundle, 'assets/a.js.map'), '{}');
  writeFileSync(path.join(bundle, 'assets/run.exe'), 'MZ');
  for (const file of ['secret.json', 'secret.js', 'renderer-evil/secret.js', 'index.html'])
    writeFileSync(path.join(root, file), secret);
  respond = createAppResponder(await listBuiltFiles(bundle));
});

/** The request as Chromium hands it over: the address as it is, without the clean-up of `new Request`. */
const get = (url: string, method = 'GET'): Promise<Response> => respond({ url, method } as Request);

describe('app://', () => {
  test.each([
    ['app://bundle/', 'text/html; charset=utf-8', '<p>page</p>'],
    ['app://bundle/index.html?a=1#b', 'text/html; charset=utf-8', '<p>page</p>'],
    ['app://bundle/assets/a.js', 'text/javascript; charset=utf-8', 'export {}'],
  ])('%s is served with its type and every security header', async (url, type, body) => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    for (const [name, value] of Object.entries(securityHeaders)) expect(response.headers.get(name)).toBe(value);
    expect(await response.text()).toBe(body);
  });

  test.each([
    'app://other/',
    'app://bundle.evil/',
    'app://bundle/assets/a.js.map',
    'app://bundle/assets/run.exe',
    'app://bundle/assets',
    'app://bundle/none.js',
  ])('%s is not there, and the refusal is under the same policy', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s is refused', async (method) => {
    expect((await get('app://bundle/index.html', method)).status).toBe(405);
  });

  test('no address leads out of the bundle', async () => {
    const steps = [
      '../',
      '..%2f',
      '%2e%2e/',
      '%2e%2e%2f',
      '..\\',
      '..%5c',
      '....//',
      '..;/',
      '%252e%252e%252f',
      '..%c0%af',
      './../',
      '//../',
      '\u2025/',
      '..%00/',
    ];
    const targets = [
      'secret.json',
      'secret.js',
      'renderer-evil/secret.js',
      'index.html',
      'etc/passwd',
      'C:/Windows/win.ini',
    ];
    const starts = ['app://bundle/', 'app://bundle//', 'app://bundle/assets/', 'app://bundle/index.html/'];
    let tried = 0;
    for (const start of starts) {
      for (const step of steps) {
        for (const target of targets) {
          for (const depth of [1, 2, 3, 8]) {
            const response = await get(start + step.repeat(depth) + target);
            expect(await response.text()).not.toContain(secret);
            tried += 1;
          }
        }
      }
    }
    expect(tried).toBeGreaterThan(1_000);
  });

  const corpus = '../shared/data/hostile/path-traversal.jsonl';
  test('nor any of the path traversal corpus, where it is at hand', async () => {
    let lines: readonly string[] = [];
    try {
      lines = readFileSync(corpus, 'utf8').trim().split('\n');
    } catch {
      return;
    }
    for (const line of lines) {
      const text: unknown = JSON.parse(line);
      const url = `app://bundle/${typeof text === 'string' ? text : JSON.stringify(text)}`;
      const response = URL.canParse(url) ? await get(url) : null;
      if (response !== null && response.status === 200) expect(await response.text()).not.toContain(secret);
    }
  });

  test('the scheme is standard and secure, and does not get past the policy', () => {
    expect(appSchemePrivileges).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, stream: true },
    });
  });
});

describe('the content security policy', () => {
  const directives = new Map(
    contentSecurityPolicy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  );

  test.each([
    ['default-src', ["'none'"]],
    ['script-src', ["'self'"]],
    ['connect-src', ["'self'"]],
    ['worker-src', ["'self'"]],
    ['font-src', ["'self'"]],
    ['img-src', ["'self'", 'blob:', 'data:']],
    ['frame-src', ["'none'"]],
    ['object-src', ["'none'"]],
    ['base-uri', ["'none'"]],
    ['form-action', ["'none'"]],
    ['frame-ancestors', ["'none'"]],
    ['require-trusted-types-for', ["'script'"]],
    ['trusted-types', ['default']],
  ])('%s is %j', (name, sources) => {
    expect(directives.get(name)).toEqual(sources);
  });

  test('allows nothing unsafe and nobody else', () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*|wasm-eval/);
    expect(directives.get('style-src')).toEqual(["'self'", expect.stringMatching(/^'sha256-/)]);
  });
});
