/**
 * The fields of the filter language. A field is one word for a person, and in each kind of record the first of `columns`
 * that the kind has.
 */
export interface QueryField {
  readonly name: string;
  /** Other words for it, of every language of the desk, folded. */
  readonly aliases: readonly string[];
  readonly columns: readonly string[];
  /** `past`: `<2d` is younger than two days; `future`: within the next two days, or over. */
  readonly type: 'choice' | 'reference' | 'text' | 'past' | 'future' | 'kind' | 'mark';
}

/** Short words for several values. */
export const stateGroups: Readonly<Record<string, readonly string[]>> = {
  open: ['new', 'in-progress', 'on-hold'],
  done: ['resolved', 'closed', 'canceled'],
};

/** Marks asked for by `is:`. */
export const queryMarks = ['overdue', 'mine', 'major', 'conflict', 'waiting'] as const;

export const queryFields: readonly QueryField[] = [
  { name: 'state', aliases: ['status', 'zustand'], columns: ['state', 'status'], type: 'choice' },
  {
    name: 'queue',
    aliases: ['team', 'warteschlange', 'gruppe'],
    columns: ['queue', 'supportQueue'],
    type: 'reference',
  },
  { name: 'assignee', aliases: ['agent', 'bearbeiter'], columns: ['assignee', 'managedBy'], type: 'reference' },
  { name: 'caller', aliases: ['requester', 'user', 'melder'], columns: ['caller', 'assignedTo'], type: 'reference' },
  { name: 'priority', aliases: ['prio', 'prioritat'], columns: ['priority'], type: 'choice' },
  { name: 'type', aliases: ['typ', 'art'], columns: ['type', 'baseClass'], type: 'choice' },
  { name: 'due', aliases: ['fallig'], columns: ['due'], type: 'future' },
  { name: 'updated', aliases: ['changed', 'geandert'], columns: ['$updatedAt'], type: 'past' },
  { name: 'opened', aliases: ['created', 'eroffnet'], columns: ['openedAt'], type: 'past' },
  { name: 'resolved', aliases: ['gelost'], columns: ['resolvedAt'], type: 'past' },
  { name: 'service', aliases: ['dienst'], columns: ['service'], type: 'reference' },
  { name: 'asset', aliases: ['ci', 'gerat'], columns: ['asset'], type: 'reference' },
  { name: 'site', aliases: ['standort'], columns: ['site'], type: 'reference' },
  { name: 'category', aliases: ['kategorie'], columns: ['category', 'assetClass'], type: 'text' },
  { name: 'in', aliases: ['kind'], columns: [], type: 'kind' },
  { name: 'is', aliases: ['ist'], columns: [], type: 'mark' },
];
