import { parseSync, Visitor } from 'vite';

/** A name with the line it stands in (from 1). */
interface Mention {
  readonly text: string;
  readonly line: number;
}

/** What the architecture rules need to know of a source file. */
export interface SourceFacts {
  /** From the project folder, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lineCount: number;
  /** Specifiers of imports and re-exports, static or dynamic, types included. */
  readonly imports: readonly Mention[];
  /** Every identifier, declared or used. */
  readonly names: readonly Mention[];
  /** Member accesses as written, e.g. `Date.now`. */
  readonly members: readonly Mention[];
  /** What is called, as written, e.g. `fetch` or `contents.send`. */
  readonly calls: readonly Mention[];
  /** Classes made without arguments, e.g. `Date` of `new Date()`. */
  readonly bareNews: readonly Mention[];
  readonly jsxAttributes: readonly Mention[];
  readonly defaultExports: readonly Mention[];
  readonly starExports: readonly Mention[];
  readonly comments: readonly Mention[];
}

/** Parses one TypeScript or JavaScript file. Throws when it does not parse: an unread file would pass every rule. */
export function readSourceFacts(path: string, text: string): SourceFacts {
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path} does not parse: ${parsed.errors[0]?.message ?? ''}`);
  const starts = lineStarts(text);
  const mention = (what: string, at: number): Mention => ({ text: what, line: lineAt(starts, at) });
  const written = (node: { readonly start: number; readonly end: number }): string =>
    text.slice(node.start, node.end).replaceAll('?.', '.');
  const imports: Mention[] = [];
  const names: Mention[] = [];
  const members: Mention[] = [];
  const calls: Mention[] = [];
  const bareNews: Mention[] = [];
  const jsxAttributes: Mention[] = [];
  const defaultExports: Mention[] = [];
  const starExports: Mention[] = [];

  new Visitor({
    ImportDeclaration: (node) => void imports.push(mention(node.source.value, node.start)),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) imports.push(mention(node.source.value, node.start));
    },
    ExportAllDeclaration: (node) => {
      imports.push(mention(node.source.value, node.start));
      starExports.push(mention(node.source.value, node.start));
    },
    ExportDefaultDeclaration: (node) => void defaultExports.push(mention('default', node.start)),
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string')
        imports.push(mention(node.source.value, node.start));
    },
    TSImportType: (node) => void imports.push(mention(node.source.value, node.start)),
    Identifier: (node) => void names.push(mention(node.name, node.start)),
    MemberExpression: (node) => void members.push(mention(written(node), node.start)),
    CallExpression: (node) => void calls.push(mention(written(node.callee), node.start)),
    NewExpression: (node) => {
      if (node.arguments.length === 0) bareNews.push(mention(written(node.callee), node.start));
    },
    JSXAttribute: (node) => void jsxAttributes.push(mention(written(node.name), node.start)),
  }).visit(parsed.program);

  return {
    path,
    text,
    lineCount: starts.length - (text.endsWith('\n') ? 1 : 0),
    imports,
    names,
    members,
    calls,
    bareNews,
    jsxAttributes,
    defaultExports,
    starExports,
    comments: parsed.comments.map((comment) => mention(comment.value, comment.start)),
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], position: number): number {
  return starts.findLastIndex((start) => start <= position) + 1;
}
