import { z } from 'zod';

/**
 * The part of the process boundary that prints. The page shows to printers what is to be printed and says how large a
 * page is; main prints the window's own content and nothing else.
 */

const millimetres = z.number().min(5).max(1_200);

/** mm. */
const paper = z.strictObject({ width: millimetres, height: millimetres });
export type Paper = z.infer<typeof paper>;

export const printInputs = {
  /** Shows the system's print dialog. */
  pagePrint: z.strictObject({ paper }),
  /** Shows the save dialog; null when the person cancels. */
  pageSavePdf: z.strictObject({ paper, suggestedName: z.string().min(1).max(120) }),
} as const;

export interface PrintOutputs {
  /** False when the person canceled. */
  readonly pagePrint: { readonly printed: boolean };
  readonly pageSavePdf: { readonly name: string } | null;
}
