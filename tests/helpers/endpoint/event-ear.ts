import { EventReader, type ServerEvent } from '../../../electron/main/endpoint/event-lines.ts';

/** One listener at an endpoint's stream of events. */
export interface EventEar {
  readonly heard: readonly ServerEvent[];
  /** Resolves when the endpoint ended the stream. */
  readonly ended: Promise<void>;
  readonly close: () => void;
}

export async function listenAt(url: string, accessToken: string): Promise<EventEar> {
  const abort = new AbortController();
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${url}/v1/events`, { headers, signal: abort.signal });
  if (!response.ok || response.body === null) throw new Error(`no stream: ${response.status}`);
  const heard: ServerEvent[] = [];
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    const reader = new EventReader();
    const decoder = new TextDecoder();
    for await (const chunk of body) heard.push(...reader.read(decoder.decode(chunk, { stream: true })));
  };
  const ended = read(response.body).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return { heard, ended, close: () => abort.abort() };
}
