import fs from 'node:fs';
import { text } from 'node:stream/consumers';
import { runCommand } from './commands.ts';
import { openEndpoint } from './endpoint.ts';
import { buildApp, defaultAppOptions } from './http/app.ts';
import { readCommandLine, usage, type EndpointOptions } from './options.ts';
import { ProblemError } from './problem-error.ts';
import { StoreUnavailable } from './store/sql-driver.ts';
import { UsageError } from './usage-error.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function serve(options: EndpointOptions): Promise<void> {
  const tls =
    options.tlsCert === null || options.tlsKey === null
      ? null
      : { cert: fs.readFileSync(options.tlsCert, 'utf8'), key: fs.readFileSync(options.tlsKey, 'utf8') };
  const endpoint = await openEndpoint(options.place, Date.now, options.openId);
  const app = await buildApp(endpoint, {
    ...defaultAppOptions,
    log: true,
    tls,
    requestsPerMinute: options.requestsPerMinute,
    loginsPerMinute: options.loginsPerMinute,
    care: options.care,
    takesCare: true,
  });
  const address = await app.listen({ host: options.host, port: options.port });
  say(JSON.stringify({ listening: address, space: endpoint.space }));
  const stop = (): void => {
    // Requests under way are answered, streams ended; then the store is closed.
    void app.close().then(async () => await endpoint.store.close());
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  const line = readCommandLine(process.argv.slice(2), process.env);
  if (line.help) say(usage);
  else if (line.words.length === 0 || (line.words.length === 1 && line.words[0] === 'serve'))
    await serve(line.options());
  else await runCommand(line, say, async () => await text(process.stdin));
} catch (error) {
  const forPeople = error instanceof UsageError || error instanceof StoreUnavailable || error instanceof ProblemError;
  process.stderr.write(`${forPeople ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
}
