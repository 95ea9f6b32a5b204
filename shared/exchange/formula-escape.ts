/**
 * Formula injection (OWASP "CSV injection"): a spreadsheet evaluates cells that begin with = + - @, their full-width
 * forms, TAB or CR. An apostrophe in front makes them text. Spreadsheets also skip blanks and invisible characters, and
 * one that splits the file at semicolons, tabs or line ends (a German Excel on a comma file) finds cells inside ours, so
 * the same holds behind those; there + and - count only when no space follows, or every list in a text would be marked.
 * An empty text, as opposed to no value, is a lone apostrophe.
 *
 * Invariant: unescapeFormula(escapeFormula(text)) === text for every text, since an apostrophe is put exactly where
 * removing is going to look, and the apostrophes already there are part of what both look for.
 */
const atStart = /^(?:[\s\p{Cc}\p{Cf}']*[=+\-@＝＋－＠]|'*[\t\r\n]|'*$)/u;
const startEscaped = /^'(?:[\s\p{Cc}\p{Cf}']*[=+\-@＝＋－＠]|'*[\t\r\n]|'*$)/u;
const separator = /[;\t\r\n]/;

export function escapeFormula(text: string): string {
  const escaped = separator.test(text) ? markInside(text) : text;
  return atStart.test(text) ? `'${escaped}` : escaped;
}

/** Undoes `escapeFormula`. */
export function unescapeFormula(text: string): string {
  const bare = startEscaped.test(text) ? text.slice(1) : text;
  return separator.test(bare) ? unmarkInside(bare) : bare;
}

function markInside(text: string): string {
  const dangerous = dangerousFrom(text);
  let marked = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (dangerous[at + 1] !== 1 || !separator.test(text.charAt(at))) continue;
    marked += `${text.slice(from, at + 1)}'`;
    from = at + 1;
  }
  return marked + text.slice(from);
}

function unmarkInside(text: string): string {
  const dangerous = dangerousFrom(text);
  let bare = '';
  let from = 0;
  for (let at = 0; at + 2 < text.length; at += 1) {
    if (dangerous[at + 2] !== 1 || text.charAt(at + 1) !== "'" || !separator.test(text.charAt(at))) continue;
    bare += text.slice(from, at + 1);
    from = at + 2;
  }
  return bare + text.slice(from);
}

/** 1 at each position from which blanks and apostrophes lead to the start of a formula; one pass from the end. */
function dangerousFrom(text: string): Uint8Array {
  const dangerous = new Uint8Array(text.length + 1);
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const character = text.charAt(at);
    const starts = /[=@＝＠＋－]/.test(character) || (/[+-]/.test(character) && !/^\s/.test(text.charAt(at + 1)));
    dangerous[at] = starts || (/[\s']/.test(character) && dangerous[at + 1] === 1) ? 1 : 0;
  }
  return dangerous;
}

/** Whether a spreadsheet might evaluate the cell: what an exported cell must never be. */
export function looksLikeFormula(cell: string): boolean {
  return /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(cell);
}
