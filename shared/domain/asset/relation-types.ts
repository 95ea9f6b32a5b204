/**
 * The standard pairs (2.7). `from` reads the type, `to` reads its reverse. `carries` tells which way a failure goes:
 * `to-from` when `from` suffers from a failure of `to`.
 */
const types = {
  'depends-on': { carries: 'to-from', minUp: null },
  'runs-on': { carries: 'to-from', minUp: null },
  'hosted-on': { carries: 'to-from', minUp: null },
  uses: { carries: 'to-from', minUp: null },
  /** What is plugged in loses the network with what it is plugged into. */
  'connects-to': { carries: 'to-from', minUp: null },
  /** A cluster lives as long as one of its members does. */
  'has-members': { carries: 'to-from', minUp: '1' },
  contains: { carries: 'from-to', minUp: null },
  /** Two power feeds: one is enough. */
  powers: { carries: 'from-to', minUp: '1' },
  'defines-resources-for': { carries: 'from-to', minUp: null },
  'installed-on': { carries: 'none', minUp: null },
  manages: { carries: 'none', minUp: null },
  owns: { carries: 'none', minUp: null },
} as const satisfies Readonly<
  Record<string, { readonly carries: 'to-from' | 'from-to' | 'none'; readonly minUp: string | null }>
>;

export type RelationType = keyof typeof types;

export const relationTypes = Object.keys(types) as readonly RelationType[];

export function readRelationType(value: unknown): RelationType | undefined {
  return relationTypes.find((type) => type === value);
}

/** CMDB-2: which end of a relation a failure comes from; null for pairs that carry none. */
export function carrierOf(type: RelationType): 'from' | 'to' | null {
  const { carries } = types[type];
  return carries === 'none' ? null : carries === 'from-to' ? 'from' : 'to';
}

/** How many must be up when the configuration item itself says nothing; null: all of them. */
export function usualMinUp(type: RelationType): string | null {
  return types[type].minUp;
}
