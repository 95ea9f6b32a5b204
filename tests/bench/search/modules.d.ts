/** As much of the peers as the evaluation calls, so that the project type-checks without them installed. */
declare module 'minisearch' {
  export interface MiniOptions {
    readonly prefix?: boolean | ((term: string, index: number, terms: readonly string[]) => boolean);
    readonly fuzzy?: number | ((term: string) => number | boolean);
    readonly combineWith?: 'AND' | 'OR';
  }
  const MiniSearch: new (options: { readonly fields: readonly string[] }) => {
    readonly addAll: (documents: readonly { readonly id: number; readonly text: string }[]) => void;
    readonly search: (query: string, options: MiniOptions) => readonly { readonly id: number }[];
  };
  export { MiniSearch as default };
}

declare module '@orama/orama' {
  export interface OramaIndex {
    readonly schema: unknown;
  }
  export interface OramaSearch {
    readonly term: string;
    readonly limit: number;
    readonly tolerance?: number;
    readonly threshold?: number;
    readonly exact?: boolean;
  }
  export function create(options: { readonly schema: Readonly<Record<string, string>> }): OramaIndex;
  export function insertMultiple(
    index: OramaIndex,
    documents: readonly { readonly id: string; readonly text: string }[],
    batch?: number,
  ): Promise<unknown>;
  export function search(
    index: OramaIndex,
    query: OramaSearch,
  ): Promise<{ readonly hits: readonly { readonly id: string }[] }>;
  export function save(index: OramaIndex): { readonly index: unknown; readonly docs: unknown };
}
