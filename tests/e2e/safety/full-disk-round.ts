import { setTimeout as wait } from 'node:timers/promises';
import type { DataStatus } from '../../../renderer/data/data-api.ts';
import type { Chance } from '../../simulation/chance.ts';
import { openDesk, spaceName, type RunningDesk } from './desk-process.ts';
import { beginImport, countImported, importOutcome, makeImportFile, type ImportFile } from './full-disk-import.ts';
import { workByClient, type Hand, type Stop } from './hands.ts';
import { Ledger } from './ledger.ts';
import { listTickets, readDrafts, readNotes, readTickets, repeatedReferences } from './look-at-desk.ts';
import { awaitNotice, watchNotice } from './notice-watch.ts';
import { hasOpened, noteField, openTicket, reconnect, typeNote } from './full-disk-screen.ts';
import type { FillEnd, FillMoment } from './run-full-disk.ts';
import type { SmallDisk } from './small-disk.ts';
import { createTicket } from './typist.ts';

export interface RoundResult {
  readonly moment: FillMoment;
  readonly end: FillEnd;
  /** Bytes that were left when the disk was filled. */
  readonly keep: number;
  /** From the last acknowledgement, or from the filling if that came later, to the notice: no less than from the failing write. */
  readonly messageMs: number;
  /** From the return of the space to the end of the notice. */
  readonly resumeMs: number;
  /** Of a start on the full disk: the desk, to be read, or the words that there is no room to open it. */
  readonly opened: 'desk' | 'no room' | null;
  readonly reloads: number;
  readonly refused: number;
}

/** For the notice to come or go (ms): ten times what is promised, for a loaded machine. */
const noticeLimitMs = 20_000;
/** For a few changes to be acknowledged (ms). */
const workLimitMs = 60_000;
/** For a page that is loaded again to be there (ms). */
const reloadMs = 15_000;
const importRows = 3_000;
/** Keys pressed on the full disk are on it after this time (ms). */
const draftMs = 4_000;

/** Rounds on one profile: works, fills the disk, looks, gives the space back, looks again. */
export class FullDiskRound {
  readonly #disk: SmallDisk;
  readonly #chance: Chance;
  readonly #problems: string[];
  readonly #ledger = new Ledger();
  readonly #hands: readonly Hand[] = ['a', 'b'].map((name) => ({ name, tickets: [], count: 0 }));
  #count = 0;
  #reloads = 0;

  constructor(disk: SmallDisk, chance: Chance, problems: string[]) {
    this.#disk = disk;
    this.#chance = chance;
    this.#problems = problems;
  }

  get acknowledged(): number {
    return this.#ledger.acknowledged;
  }

  async run(
    opened: RunningDesk,
    moment: FillMoment,
    end: FillEnd,
  ): Promise<{ readonly desk: RunningDesk; readonly result: RoundResult }> {
    this.#count += 1;
    this.#reloads = 0;
    const keep = this.#chooseKeep();
    let desk = opened;
    const countReload = (): void => void (this.#reloads += 1);
    desk.page.on('load', countReload);
    const title = `Typed on a full disk ${this.#count}`;
    await createTicket(desk.page, title);
    const typed = await typeNote(desk.page, '', 'typed before, ');
    await watchNotice(desk.page);

    const stop = { stopped: false, fills: true };
    let work = this.#work(desk, stop);
    const file = moment === 'importing' ? makeImportFile(`F${this.#count}`, importRows) : null;
    await this.#reach(desk, moment, stop, work, file);
    let messageMs = 0;
    let text = typed;
    if (moment === 'starting') {
      await desk.close();
      this.#disk.fill(keep);
    } else {
      const filledAt = Date.now();
      this.#disk.fill(keep);
      const { shownAt, text: words } = await awaitNotice(desk.page, 'shownAt', noticeLimitMs);
      const doneAt = Math.max(filledAt, Math.min(this.#ledger.acknowledgedAt, shownAt ?? 0));
      messageMs = Math.max(0, (shownAt ?? 0) - doneAt);
      if (!/Free some space|tried again/.test(words))
        this.#problems.push(`the notice does not say what to do: ${words}`);
      text = await this.#typeOnFullDisk(desk, typed);
      await this.#expectRefusal(desk);
    }

    let openedAs: RoundResult['opened'] = null;
    if (moment === 'starting' || end === 'kill') {
      stop.stopped = true;
      if (moment !== 'starting') await desk.kill();
      await work;
      desk = await openDesk({ userData: desk.userData });
      desk.page.on('load', countReload);
      openedAs = (await hasOpened(desk.page, this.#problems)) ? 'desk' : 'no room';
      if (openedAs === 'desk') await this.#lookAtFullDesk(desk, title, text);
    }
    const returnedAt = Date.now();
    this.#disk.empty();
    const { goneAt } = await awaitNotice(desk.page, 'goneAt', noticeLimitMs);
    const resumeMs = Math.max(0, (goneAt ?? 0) - returnedAt);
    await reconnect(desk.page);
    if (stop.stopped || this.#reloads > 0) {
      stop.stopped = true;
      await work;
      await this.#look(desk);
      work = this.#work(desk, { stopped: false, fills: true }, 4);
      await work;
    } else {
      await this.#untilDone(this.#ledger.acknowledged + 4);
      stop.stopped = true;
      await work;
    }
    await this.#finishTyping(desk, title, text, openedAs !== null || this.#reloads > 0);
    if (file !== null) await this.#finishImport(desk, file);
    await this.#look(desk);
    desk.page.off('load', countReload);
    const refused = this.#refused;
    this.#refused = 0;
    const result = { moment, end, keep, messageMs, resumeMs, opened: openedAs, reloads: this.#reloads, refused };
    return { desk, result };
  }

  #refused = 0;

  /** Mostly so few that the next write fails in the middle, sometimes so many that only a look notices. */
  #chooseKeep(): number {
    const kind = this.#chance.below(4);
    if (kind === 0) return this.#chance.below(8_192);
    return this.#chance.below(kind === 1 ? 30_000_000 : 600_000);
  }

  /** Both hands work until stopped, or until `changes` more are acknowledged; a page that is loaded again ends them. */
  async #work(desk: RunningDesk, stop: Stop, changes = Number.POSITIVE_INFINITY): Promise<void> {
    const status = (await desk.client.call('query', { type: 'status' })) as DataStatus;
    const reloads = this.#reloads;
    const until = this.#ledger.acknowledged + changes;
    const counting = setInterval(() => {
      if (this.#ledger.acknowledged >= until) stop.stopped = true;
    }, 10);
    const ends = await Promise.allSettled(
      this.#hands.map((hand) =>
        workByClient(desk.client, hand, this.#ledger, this.#chance, stop, status.user?.id ?? ''),
      ),
    );
    clearInterval(counting);
    for (const each of ends)
      if (each.status === 'rejected' && !stop.stopped && !(await this.#loadsAgain(reloads))) throw each.reason;
  }

  /** The page under a call goes before the next one has loaded. */
  async #loadsAgain(reloads: number): Promise<boolean> {
    for (const until = Date.now() + reloadMs; this.#reloads === reloads && Date.now() < until;) await wait(50);
    return this.#reloads > reloads;
  }

  async #reach(
    desk: RunningDesk,
    moment: FillMoment,
    stop: Stop,
    work: Promise<void>,
    file: ImportFile | null,
  ): Promise<void> {
    await Promise.race([this.#untilDone(this.#ledger.acknowledged + 1 + this.#chance.below(30)), work]);
    if (moment === 'idle' || moment === 'starting') {
      stop.stopped = true;
      await work;
    }
    if (moment === 'idle') {
      await wait(1_400 + this.#chance.below(500));
      // Refused when it does not fit, which is not what this is about.
      void desk.client.call('takeSnapshot', null).catch(() => undefined);
      await wait(this.#chance.below(60));
    }
    if (file !== null) {
      await beginImport(desk.page, file);
      await wait(this.#chance.below(900));
    }
  }

  /** Until so many changes are acknowledged; a page that is loaded again ends the wait as it ends the hands. */
  async #untilDone(count: number): Promise<void> {
    const reloads = this.#reloads;
    for (const until = Date.now() + workLimitMs; this.#ledger.acknowledged < count; await wait(5)) {
      if (this.#reloads > reloads) return;
      if (Date.now() > until)
        throw new Error(`${this.#ledger.acknowledged} of ${count} changes after ${workLimitMs} ms`);
    }
  }

  /** What is typed while the disk is full is on it soon after. The page may be loaded again in the middle of it. */
  async #typeOnFullDisk(desk: RunningDesk, typed: string): Promise<string> {
    const more = `typed on the full disk ${this.#count}`;
    const reloads = this.#reloads;
    try {
      await typeNote(desk.page, typed, more);
    } catch (error) {
      if (this.#reloads === reloads) throw error;
    }
    await reconnect(desk.page);
    if (this.#reloads > reloads) return typed;
    for (const until = Date.now() + draftMs * 3; ; await wait(100)) {
      const drafts = await readDrafts(desk.client, spaceName).catch(() => []);
      if (drafts.some((draft) => draft.text === typed + more)) return typed + more;
      if (this.#reloads > reloads) return typed;
      if (Date.now() < until) continue;
      this.#problems.push(`not kept: "${typed}${more}"; drafts are ${JSON.stringify(drafts)}`);
      return typed;
    }
  }

  /** Editing is read-only while the disk is full. */
  async #expectRefusal(desk: RunningDesk): Promise<void> {
    await reconnect(desk.page);
    const title = `Must be refused ${this.#count}`;
    const asked = { name: 'ticket.create', input: { fields: { type: 'incident', title } } };
    const outcome = await Promise.race([desk.client.call('command', asked).catch(() => null), wait(8_000, null)]);
    if (outcome?.ok === false && outcome.failure.kind === 'storage-full') this.#refused += 1;
    else if (this.#reloads === 0) this.#problems.push(`not refused on a full disk: ${JSON.stringify(outcome)}`);
  }

  async #lookAtFullDesk(desk: RunningDesk, title: string, text: string): Promise<void> {
    await watchNotice(desk.page);
    await awaitNotice(desk.page, 'shownAt', noticeLimitMs);
    await this.#look(desk);
    await this.#expectTyped(desk, title, text);
  }

  /** Everything acknowledged, nothing by halves, both copies the same. */
  async #look(desk: RunningDesk): Promise<void> {
    const verdict = this.#ledger.settle(await readTickets(desk.client, this.#ledger.ids));
    const { problems } = await desk.client.call('checkIntegrity', null);
    const { recovery } = (await desk.client.call('query', { type: 'status' })) as DataStatus;
    const twice = repeatedReferences(await listTickets(desk.client)).map((each) => `${each} twice`);
    this.#problems.push(...verdict.lost.map((each) => `lost: ${each}`), ...verdict.half, ...problems, ...twice);
    if (recovery !== null) this.#problems.push(`reported although nothing was lost: ${JSON.stringify(recovery)}`);
  }

  async #expectTyped(desk: RunningDesk, title: string, text: string): Promise<void> {
    const drafts = await readDrafts(desk.client, spaceName);
    if (!drafts.some((draft) => draft.text.startsWith(text)))
      this.#problems.push(`typed in "${title}" and gone: "${text}"; drafts are ${JSON.stringify(drafts)}`);
  }

  /** The note is still in its field, or in the drafts, and can be sent now. */
  async #finishTyping(desk: RunningDesk, title: string, text: string, isAnotherPage: boolean): Promise<void> {
    const { page, client } = desk;
    await this.#expectTyped(desk, title, text);
    const ticket = (await listTickets(client, title)).find((row) => row.values['title'] === title);
    if (!ticket) {
      this.#problems.push(`the ticket "${title}" is gone`);
      return;
    }
    const note = noteField(page);
    if (isAnotherPage) await openTicket(page, title);
    await note.click();
    const sent = await note.inputValue();
    await page.keyboard.press('Control+Enter');
    for (const until = Date.now() + noticeLimitMs; (await note.inputValue()) !== ''; await wait(50))
      if (Date.now() > until) throw new Error(`the note in "${title}" was not taken although there is room`);
    if (!sent.startsWith(text) || !(await readNotes(client, ticket.id)).includes(sent.trim()))
      this.#problems.push(`the note "${text}" was sent as "${sent}" and is not there`);
  }

  /** It goes on by itself; one that a kill or a loaded page has ended is imported again, and finds what is there. */
  async #finishImport(desk: RunningDesk, file: ImportFile): Promise<void> {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const ended = await this.#awaitImport(desk, attempt === 1 && this.#reloads > 0 ? 500 : 60_000);
      const count = await countImported(desk.client, file);
      if (ended && count === file.rows) return;
      if (attempt === 2) this.#problems.push(`${count} of ${file.rows} rows imported`);
      else await beginImport(desk.page, file);
    }
  }

  async #awaitImport(desk: RunningDesk, limitMs: number): Promise<boolean> {
    for (const until = Date.now() + limitMs; Date.now() < until; await wait(100)) {
      const outcome = await importOutcome(desk.page);
      if (outcome === null) continue;
      if (outcome.failure !== null) this.#problems.push(`the import failed: ${JSON.stringify(outcome.failure)}`);
      return true;
    }
    return false;
  }
}
