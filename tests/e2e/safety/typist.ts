import { expect, type Page } from '@playwright/test';
import type { Draft } from '../../../shared/desktop-api.ts';
import type { Chance } from '../../simulation/chance.ts';
import type { Stop } from './hands.ts';
import { listTickets, readDrafts, readNotes } from './look-at-desk.ts';
import type { PageClient } from './page-client.ts';

/** Longest time (ms) from a key to the disk: the draft store waits 1.5 s in a burst; the rest is for a loaded machine. */
const longestUnsavedMs = 1_500 + 1_000;
/** A pause (ms) after which what was typed before it is on the disk, with the same allowance. */
const savedAfterPauseMs = 300 + 1_000;

/** What the typist put on the screen of one ticket, and what the screen had confirmed. */
interface Typed {
  readonly title: string;
  created: boolean;
  /** Notes whose field was empty again: the screen's way to say saved. */
  readonly notes: string[];
  /** The note being typed, key by key; the last is what was sent when `sending`. */
  keys: { readonly at: number; readonly text: string }[];
  /** With the key that is being pressed. */
  ahead: string;
}

export interface TypistVerdict {
  readonly acknowledged: number;
  readonly drafts: number;
  readonly lost: readonly string[];
}

/** Makes a ticket and types notes into it through the screen, until stopped. */
export class Typist {
  #typed: Typed | null = null;
  #count = 0;
  /** Keys pressed so far. */
  keys = 0;

  /** @param now ms, of the same clock as the moment of the kill */
  async work(page: Page, chance: Chance, stop: Stop, now: () => number): Promise<void> {
    this.#count += 1;
    const typed: Typed = { title: `Typed by hand ${this.#count}`, created: false, notes: [], keys: [], ahead: '' };
    this.#typed = typed;
    try {
      await createTicket(page, typed.title);
      typed.created = true;
      const note = page.locator('[data-pane="record"]').getByRole('textbox', { name: /work note/i });
      await note.click();
      for (let part = 1; !stop.stopped; part += 1) {
        await this.#typeNote(page, typed, `note ${part} of ${typed.title}, typed key by key`, chance, stop, now);
        const { text } = typed.keys.at(-1) ?? { text: '' };
        await page.keyboard.press('Control+Enter');
        await expect(note).toHaveValue('');
        typed.notes.push(text);
        typed.keys = [];
        await note.click();
      }
    } catch (error) {
      if (!stop.stopped) throw error;
    }
  }

  async #typeNote(
    page: Page,
    typed: Typed,
    text: string,
    chance: Chance,
    stop: Stop,
    now: () => number,
  ): Promise<void> {
    for (let length = 1; length <= text.length && !stop.stopped; length += 1) {
      typed.ahead = text.slice(0, length);
      await page.keyboard.type(text.charAt(length - 1));
      typed.keys.push({ at: now(), text: text.slice(0, length) });
      this.keys += 1;
      // Mostly a quick typist, now and then one who thinks.
      await page.waitForTimeout(chance.happens(0.06) ? 400 + chance.below(300) : chance.below(25));
    }
  }

  /** What of it is there after the restart. A note counts as kept when it was saved or is still a draft. */
  async check(client: PageClient, space: string, killedAt: number): Promise<TypistVerdict> {
    const typed = this.#typed;
    this.#typed = null;
    if (typed === null) return { acknowledged: 0, drafts: 0, lost: [] };
    const [ticket] = (await listTickets(client, typed.title)).filter((row) => row.values['title'] === typed.title);
    if (!ticket) return { acknowledged: 0, drafts: 0, lost: typed.created ? [`the ticket "${typed.title}"`] : [] };
    const notes = await readNotes(client, ticket.id);
    // A note that ends in a space, because the stop came there, is saved without it.
    const lost = typed.notes.filter((note) => !notes.includes(note.trim())).map((note) => `the note "${note}"`);
    const drafts = await readDrafts(client, space);
    const draft = drafts.find(({ key }) => key === `ticket/${ticket.id}/work-note`);
    const sent = notes.includes(typed.ahead.trim());
    if (!sent) lost.push(...missingFromDraft(typed, draft, killedAt));
    return { acknowledged: typed.notes.length + (typed.created ? 1 : 0), drafts: typed.keys.length > 0 ? 1 : 0, lost };
  }
}

export async function createTicket(page: Page, title: string): Promise<void> {
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.locator('[data-pane="record"]').getByText(title).first()).toBeVisible();
}

/** The draft must hold what was typed before the last pause, and may hold what came after it; nothing else. */
function missingFromDraft({ keys, ahead }: Typed, draft: Draft | undefined, killedAt: number): readonly string[] {
  const held = draft?.text ?? '';
  const due = keys.findLast(
    ({ at }, index) =>
      killedAt - at > longestUnsavedMs ||
      ((keys[index + 1]?.at ?? killedAt) - at > savedAfterPauseMs && killedAt - at > savedAfterPauseMs),
  );
  if (!ahead.startsWith(held)) return [`a draft that was never typed: "${held}" instead of "${ahead}"`];
  return held.length < (due?.text.length ?? 0) ? [`a draft: "${held}" instead of at least "${due?.text ?? ''}"`] : [];
}
