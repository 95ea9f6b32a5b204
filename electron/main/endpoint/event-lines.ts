/** One server-sent event. */
export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

const longest = 64 * 1024;

/**
 * Reads server-sent events (HTML Living Standard, 9.2.6) from text as it comes. Comments, ids and retry times are
 * passed over: nothing here uses them.
 */
export class EventReader {
  #rest = '';
  #name = '';
  #data: string[] = [];

  /** @returns the events that are whole now; throws when a line is longer than an event may be */
  read(text: string): readonly ServerEvent[] {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longest) throw new Error(`expected a line of at most ${longest} characters`);
    return lines.flatMap((line) => this.#readLine(line));
  }

  #readLine(line: string): readonly ServerEvent[] {
    if (line === '') {
      const event = { name: this.#name === '' ? 'message' : this.#name, data: this.#data.join('\n') };
      const isEvent = this.#data.length > 0;
      this.#name = '';
      this.#data = [];
      return isEvent ? [event] : [];
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.#name = value ?? '';
    else if (field === 'data') this.#data.push(value ?? '');
    return [];
  }
}
