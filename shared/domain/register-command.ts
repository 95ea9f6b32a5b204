import { type z } from 'zod';
import { fail, succeed, type Result } from '../result.ts';
import { operationMaxBytes } from '../sync/operation.ts';
import type { Change, Refusal } from './change.ts';
import type { Command, DecisionContext, DecisionRow, ReadRequest } from './command.ts';
import { refuse } from './refusal.ts';
import { shorten } from './validate-write.ts';

/** A command with its input parsed: tells what to read, then decides. */
export interface PreparedCommand {
  readonly name: string;
  readonly reads: ReadRequest;
  readonly decide: (
    rows: ReadonlyMap<string, DecisionRow>,
    context: DecisionContext,
  ) => Result<readonly Change[], Refusal>;
}

/** A command as the registry holds it: its input type is closed over, so that all commands stand in one table. */
export interface RegisteredCommand<Input = unknown> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly prepare: (input: unknown) => Result<PreparedCommand, Refusal>;
}

/** What one record's changes may take in an operation, in bytes of JSON; the rest is for dots, parents and frame. */
const changeMaxBytes = operationMaxBytes - 4 * 1024;

export function registerCommand<Input>(command: Command<Input>): RegisteredCommand<Input> {
  return {
    name: command.name,
    input: command.input,
    prepare: (raw) => {
      const parsed = command.input.safeParse(raw, { reportInput: true });
      if (!parsed.success) return fail(explainInput(parsed.error));
      const input = parsed.data;
      return succeed({
        name: command.name,
        reads: command.reads(input),
        decide: (rows, context) => checkDecision(command.decide(input, rows, context)),
      });
    },
  };
}

/** The first thing wrong with an input: where, what was expected, what came. */
function explainInput(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  if (!issue) return refuse('bad-input', { values: { expected: '', got: '' } }).failure;
  const path = issue.path.join('.');
  const where = path === '' ? {} : { field: path };
  const got = shorten(issue.input);
  if (issue.code === 'too_big' && typeof issue.input === 'string') {
    return refuse('text-too-long', { ...where, values: { max: Number(issue.maximum), actual: issue.input.length } })
      .failure;
  }
  if (issue.code === 'invalid_value')
    return refuse('bad-choice', { ...where, values: { expected: issue.values.join(', '), got } }).failure;
  return refuse('bad-input', { ...where, values: { expected: issue.message, got } }).failure;
}

function checkDecision(decided: Result<readonly Change[], Refusal>): Result<readonly Change[], Refusal> {
  if (!decided.ok) return decided;
  if (decided.value.length === 0) return refuse('nothing-to-change');
  for (const change of decided.value) {
    const actual = utf8Length(JSON.stringify(change));
    if (actual > changeMaxBytes) return refuse('too-large', { values: { max: changeMaxBytes, actual } });
  }
  return decided;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
