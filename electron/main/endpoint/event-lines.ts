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
  #size = 0;
  /** The text before ended with CR: an LF that follows belongs to it. */
  #endedWithCr = false;

  /** @returns the events that are whole now; throws when one is longer than an event may be */
  read(text: string): readonly ServerEvent[] {
    if (text === '') return [];
    const fresh = this.#endedWithCr && text.startsWith('\n') ? text.slice(1) : text;
    this.#endedWithCr = text.endsWith('\r');
    const lines = (this.#rest + fresh).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? '';
    const events = lines.flatMap((line) => this.#readLine(line));
    if (this.#rest.length + this.#size > longest) throw new Error(`expected an event of at most ${longest} characters`);
    return events;
  }

  #readLine(line: string): readonly ServerEvent[] {
    if (line === '') {
      const event = { name: this.#name === '' ? 'message' : this.#name, data: this.#data.join('\n') };
      const isEvent = this.#data.length > 0;
      this.#name = '';
      this.#data = [];
      this.#size = 0;
      return isEvent ? [event] : [];
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.#name = value ?? '';
    else if (field === 'data') {
      this.#data.push(value ?? '');
      this.#size += line.length;
    }
    return [];
  }
}
