import { labelsPerPage, type LabelFormat } from './label-format.ts';

export interface LabelRun {
  readonly format: LabelFormat;
  /** How many labels there are to print. */
  readonly count: number;
  /** The first label of the first sheet that is still there, from 1: sheets are used up over weeks. */
  readonly startAt: number;
  /** What the printer is off by, mm: added to every place. */
  readonly shiftX: number;
  readonly shiftY: number;
}

/** One label on its page. `index` counts the labels to print from 0; x and y are of its upper left corner, mm. */
export interface PlacedLabel {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** Farther off than this (mm) the paper is in the wrong way, not the printer out of true. */
export const largestShift = 10;

/** Places labels on pages, row by row. No page is empty; nothing to print is no page. */
export function layOutLabels({
  format,
  count,
  startAt,
  shiftX,
  shiftY,
}: LabelRun): readonly (readonly PlacedLabel[])[] {
  const perPage = labelsPerPage(format);
  const first = Math.min(Math.max(1, Math.trunc(startAt) || 1), perPage) - 1;
  const pages: PlacedLabel[][] = [];
  for (let index = 0; index < count; index += 1) {
    const place = first + index;
    const page = Math.floor(place / perPage);
    const onPage = place % perPage;
    (pages[page] ??= []).push({
      index,
      x: format.left + (onPage % format.columns) * format.pitchX + clampShift(shiftX),
      y: format.top + Math.floor(onPage / format.columns) * format.pitchY + clampShift(shiftY),
    });
  }
  return pages;
}

function clampShift(shift: number): number {
  return Number.isFinite(shift) ? Math.min(largestShift, Math.max(-largestShift, shift)) : 0;
}
