import { assertNever } from '../result.ts';
import type { EntityDefinition, FieldDefinition } from '../domain/field.ts';
import type { FieldValue } from '../sync/operation.ts';
import { choiceWords, stateWords } from './choice-words.ts';
import { dateFormatExamples, instantReader, type ReadInstant } from './date-format.ts';
import { unescapeFormula } from './formula-escape.ts';
import type { Mapping, MappingTarget } from './mapping.ts';
import { accept, change, missing, refuseCell, type Verdict } from './value-verdict.ts';

export type ReadCell = (cell: string) => Verdict;

/** Reads the cells of one column. References come out as the name they were given by; the planner finds the record. */
export interface CellReader {
  readonly column: string;
  readonly index: number;
  readonly target: MappingTarget;
  readonly field?: FieldDefinition;
  readonly read: ReadCell;
}

/** Values remembered per column: files repeat themselves, and a verdict is the same every time. */
const rememberedValues = 20_000;

export function cellReaders(
  mapping: Mapping,
  definition: EntityDefinition,
  header: readonly string[],
): readonly CellReader[] {
  const instant = instantReader(mapping.dateFormat, mapping.zone);
  const readers: CellReader[] = [];
  for (const { column, target } of mapping.columns) {
    const index = header.indexOf(column);
    if (target.to === 'ignore' || index < 0) continue;
    const field =
      target.to === 'field' && Object.hasOwn(definition.fields, target.field)
        ? definition.fields[target.field]
        : undefined;
    if (target.to === 'field' && field === undefined) continue;
    const read = remember(readerOf(mapping, target, field, instant));
    readers.push(field === undefined ? { column, index, target, read } : { column, index, target, field, read });
  }
  return readers;
}

function remember(read: ReadCell): ReadCell {
  const known = new Map<string, Verdict>();
  // Neighbouring rows often say the same: comparing is cheaper than hashing.
  let lastCell: string | undefined;
  let last: Verdict = missing;
  return (cell) => {
    if (cell === lastCell) return last;
    let verdict = known.get(cell);
    if (verdict === undefined) {
      const own = copyText(cell);
      verdict = read(own);
      // Long texts hardly repeat and would fill the memory.
      if (cell.length <= 100) {
        if (known.size >= rememberedValues) known.clear();
        known.set(own, verdict);
      }
    }
    lastCell = cell;
    last = verdict;
    return verdict;
  };
}

/** A copy with memory of its own: V8's slices (13 characters and more) would keep the whole chunk of the file alive. */
function copyText(text: string): string {
  if (text.length < 13) return text;
  const copy: unknown = JSON.parse(JSON.stringify(text));
  return typeof copy === 'string' ? copy : text;
}

function readerOf(
  mapping: Mapping,
  target: MappingTarget,
  field: FieldDefinition | undefined,
  instant: ReadInstant,
): ReadCell {
  const absent = new Set(mapping.missing);
  const inner = valueReader(mapping, target, field, instant);
  if (mapping.exact) return (cell) => (cell === '' ? missing : inner(unescapeFormula(cell)));
  return (cell) => {
    const text = cell.trim();
    return text === '' || absent.has(text) ? missing : inner(text);
  };
}

function valueReader(
  mapping: Mapping,
  target: MappingTarget,
  field: FieldDefinition | undefined,
  instant: ReadInstant,
): ReadCell {
  if (target.to === 'update') {
    if (target.role === 'at') return (text) => readInstant(text, instant, mapping);
    return target.role === 'sequence' ? readCount : (text) => readName(text, 200);
  }
  if (target.to === 'tag') return (text) => readName(`${target.label}: ${text}`, 50);
  if (field === undefined || field.merge === 'set') return accept;
  const name = target.to === 'field' ? target.field : '';
  return fieldReader(mapping, name, field, instant);
}

function fieldReader(mapping: Mapping, name: string, field: FieldDefinition, instant: ReadInstant): ReadCell {
  switch (field.type) {
    case 'instant':
      return (text) => readInstant(text, instant, mapping);
    case 'count':
      return readCount;
    case 'flag':
      return readFlag;
    case 'choice':
      return choiceReader(mapping, name, field.choices);
    case 'reference':
      return mapping.exact ? accept : (text) => readName(text, 200);
    case 'text':
      return textReader(mapping, name, field.maxLength, field.multiline === true);
    default:
      return assertNever(field);
  }
}

function choiceReader(mapping: Mapping, name: string, choices: readonly string[]): ReadCell {
  if (mapping.exact) {
    return (text) => (choices.includes(text) ? accept(text) : refuseCell('not-a-choice', choices.join(', ')));
  }
  return name === 'state' ? (text) => readState(text, choices) : (text) => readChoice(name, text, choices);
}

function textReader(mapping: Mapping, name: string, maxLength: number, multiline: boolean): ReadCell {
  if (mapping.exact || multiline) return (text) => readText(text, maxLength);
  return name === 'title' ? (text) => readTitle(text, maxLength) : (text) => readName(text, maxLength);
}

function readInstant(text: string, read: ReadInstant, mapping: Mapping): Verdict {
  // Our own export writes instants that no calendar shows as plain milliseconds.
  if (mapping.exact && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text)) return accept(Number(text));
  const instant = read(text);
  if (!instant)
    return refuseCell('not-a-date', `${mapping.dateFormat}, e.g. ${dateFormatExamples[mapping.dateFormat]}`);
  if (instant.certainty === 'exact') return accept(instant.ms);
  return change(
    instant.ms,
    instant.certainty === 'skipped' ? 'time-skipped-by-clock-change' : 'time-repeated-by-clock-change',
  );
}

function readCount(text: string): Verdict {
  const count = Number(text);
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) && Number.isFinite(count)
    ? accept(count)
    : refuseCell('not-a-count', '0, 1, 2, ...');
}

const flags: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  y: true,
  false: false,
  no: false,
  '0': false,
  n: false,
};

function readFlag(text: string): Verdict {
  const word = text.toLowerCase();
  return Object.hasOwn(flags, word) ? accept(flags[word] ?? null) : refuseCell('not-a-flag', 'true, false, yes, no');
}

/** Text on one line: runs of blanks are one blank. */
function readName(text: string, maxLength: number): Verdict {
  const name = text.replaceAll(/\s+/g, ' ');
  if (name.length > maxLength) return change(cut(name, maxLength), 'text-cut');
  return name === text ? accept(name) : change(name, 'spaces-removed');
}

/** A title too long for a title is kept whole in the description. */
function readTitle(text: string, maxLength: number): Verdict {
  const verdict = readName(text, maxLength);
  if (verdict.kind !== 'changed' || verdict.reason !== 'text-cut') return verdict;
  return change(verdict.value, 'moved-to-description', { description: text });
}

function readText(text: string, maxLength: number): Verdict {
  return text.length > maxLength ? change(cut(text, maxLength), 'text-cut') : accept(text);
}

/** At most `maxLength` UTF-16 units, never half a character. */
export function cut(text: string, maxLength: number): string {
  const end = maxLength > 0 && /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
  return text.slice(0, end);
}

function readState(text: string, choices: readonly string[]): Verdict {
  const word = text.toLowerCase();
  const own = choices.find((choice) => choice === word.replaceAll(/[\s_]+/g, '-'));
  if (own !== undefined) return accept(own);
  const known = Object.hasOwn(stateWords, word) ? stateWords[word] : undefined;
  if (!known)
    return refuseCell(
      'not-a-choice',
      [...choices, ...Object.keys(stateWords).filter((key) => !/^\d/.test(key))].join(', '),
    );
  const also: Record<string, FieldValue> | undefined =
    known.onHoldReason === undefined ? undefined : { onHoldReason: known.onHoldReason };
  return known.nearest ? change(known.state, 'nearest-choice', also) : accept(known.state, also);
}

function readChoice(field: string, text: string, choices: readonly string[]): Verdict {
  const word = text.toLowerCase();
  const dashed = word.replaceAll(/[\s_]+/g, '-');
  const own = choices.find((choice) => choice === word || choice === dashed);
  if (own !== undefined && !Object.hasOwn(choiceWords[field] ?? {}, word)) return accept(own);
  const words = choiceWords[field] ?? {};
  // ServiceNow prints levels as `2 - Medium`: the number decides.
  const known = Object.hasOwn(words, word) ? words[word] : /^(\d) - /.exec(word)?.[1];
  if (known !== undefined && choices.includes(known)) return accept(known);
  if (field === 'resolutionCode') return change('other', 'code-kept-in-notes', { resolutionNotes: text });
  if (choices.includes('other')) return change('other', 'replaced-by-other');
  return refuseCell('not-a-choice', choices.join(', '));
}
