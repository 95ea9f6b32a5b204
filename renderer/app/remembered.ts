import { z } from 'zod';
import { densities, initialAppearance, themes } from '../store/appearance-slice.ts';
import type { DeskState } from '../store/desk-state.ts';
import { initialLabels } from '../store/label-slice.ts';
import { initialLayout, listWidthRange } from '../store/layout-slice.ts';
import { initialList, type FilterCondition, type ListsState, type SortKey } from '../store/lists-slice.ts';
import { initialNavigation } from '../store/navigation-slice.ts';
import type { SavedView } from '../store/saved-views-slice.ts';
import { initialSeen } from '../store/seen-slice.ts';

/**
 * How the desk was left, kept on this device and never synced. Each part is read by itself: one that a newer version
 * wrote or that is damaged starts anew, the others stay.
 */

const condition: z.ZodType<FilterCondition> = z.union([
  z.strictObject({ field: z.string(), op: z.enum(['in', 'not-in']), values: z.array(z.string().nullable()) }),
  z.strictObject({
    field: z.string(),
    op: z.literal('between'),
    from: z.number().exactOptional(),
    to: z.number().exactOptional(),
  }),
  z.strictObject({ field: z.enum(['$pending', '$conflict']), op: z.literal('is'), value: z.boolean() }),
]);
const where = z.array(condition);
const sort: z.ZodType<readonly SortKey[]> = z.array(
  z.strictObject({ field: z.string(), direction: z.enum(['ascending', 'descending']) }),
);
const savedView: z.ZodType<SavedView> = z.object({
  id: z.string(),
  screen: z.string(),
  name: z.string(),
  where,
  sort,
  search: z.string().exactOptional(),
});

const layout = z
  .object({
    listWidth: z.number().min(listWidthRange.min).max(listWidthRange.max),
    isRailFolded: z.boolean(),
    isListHidden: z.boolean(),
    listMode: z.enum(['list', 'table']),
    columns: z.array(z.string()).readonly().nullable(),
    tab: z.string(),
    assetTab: z.string().catch(initialLayout.assetTab),
    audience: z.enum(['comment', 'work-note']),
  })
  .catch(initialLayout);
const appearance = z
  .object({
    theme: z.enum(themes),
    density: z.enum(densities),
    zoom: z.int().min(50).max(200),
    singleKeys: z.boolean(),
  })
  .catch(initialAppearance);

const labels = z
  .object({
    format: z.string(),
    startAt: z.int().positive(),
    shiftX: z.number(),
    shiftY: z.number(),
    symbol: z.string(),
    qr: z.string(),
    bars: z.string(),
    fields: z.array(z.string()).readonly(),
  })
  .catch(initialLabels);

const remembered = z.object({
  labels,
  layout,
  appearance,
  place: z
    .object({ screen: z.string(), view: z.string(), record: z.string().nullable() })
    .catch(initialNavigation.place),
  lists: z.record(z.string(), z.object({ where: where.nullable(), sort: sort.nullable() })).catch({}),
  savedViews: z.array(savedView).catch([]),
  searches: z.array(z.string().max(500)).catch([]),
  seen: z.object({ since: z.number(), at: z.record(z.string(), z.number()) }).catch(initialSeen),
});

/** The state to start with. `stored` is what `rememberedOf` gave the last time; null for the first time. */
export function recallDesk(stored: string | null, start: DeskState): DeskState {
  const kept = remembered.parse(parseJson(stored ?? '{}'));
  const lists: ListsState = Object.fromEntries(
    Object.entries(kept.lists).map(([key, list]) => [key, { ...initialList, ...list }]),
  );
  return {
    ...start,
    layout: kept.layout,
    appearance: kept.appearance,
    labels: kept.labels,
    navigation: { ...initialNavigation, place: kept.place },
    lists,
    savedViews: kept.savedViews,
    seen: kept.seen,
    overlay: { ...start.overlay, searches: kept.searches },
  };
}

/** What is worth keeping of a state, as text. */
export function rememberedOf(state: DeskState): string {
  const lists = Object.entries(state.lists)
    .filter(([, list]) => list.where !== null || list.sort !== null)
    .map(([key, list]) => [key, { where: list.where, sort: list.sort }]);
  return JSON.stringify({
    layout: state.layout,
    appearance: state.appearance,
    labels: state.labels,
    place: state.navigation.place,
    lists: Object.fromEntries(lists),
    savedViews: state.savedViews,
    searches: state.overlay.searches,
    seen: state.seen,
  });
}

/** Text that is no JSON, or JSON that is no object, says nothing. */
function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
