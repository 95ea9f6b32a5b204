import { z } from 'zod';
import { entityDefinition, type EntityKind } from '../../shared/domain/entities.ts';
import { overlaySlice } from '../store/overlay-slice.ts';
import type { Desk } from './desk.ts';

/** A list on screen that is to be exported, as its feature hands it to the dialog: whichever feature shows the list. */
export interface ExportWish {
  /** Name of the list, for the dialog and the file. */
  readonly title: string;
  /** Records in it now. */
  readonly total: number;
  readonly list: z.infer<typeof exportedList>;
  /** Fields of the columns shown. */
  readonly fields: readonly string[];
}

const entityKind = z.custom<EntityKind>((kind) => typeof kind === 'string' && entityDefinition(kind) !== undefined);
const condition = z.union([
  z.object({ field: z.string(), op: z.enum(['in', 'not-in']), values: z.array(z.string().nullable()) }),
  z.object({
    field: z.string(),
    op: z.literal('between'),
    from: z.number().exactOptional(),
    to: z.number().exactOptional(),
  }),
  z.object({ field: z.enum(['$pending', '$conflict']), op: z.literal('is'), value: z.boolean() }),
]);
const exportedList = z.object({
  entity: entityKind,
  where: z.array(condition),
  search: z.string(),
  sort: z.array(z.object({ field: z.string(), direction: z.enum(['ascending', 'descending']) })),
});
const exportWish = z.object({
  title: z.string(),
  total: z.number(),
  list: exportedList,
  fields: z.array(z.string()),
});

/** Opens the export dialog for a list. */
export function askToExport({ dispatch }: Pick<Desk, 'dispatch'>, wish: ExportWish): void {
  dispatch(overlaySlice.actions.openedOverlay({ id: 'export', detail: JSON.stringify(wish) }));
}

/** Null when the dialog was opened without a list. */
export function readExportWish(detail: string | undefined): ExportWish | null {
  return detail === undefined ? null : exportWish.parse(JSON.parse(detail));
}
