/** Lengths of labels are in mm, from the upper left corner of the page. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A sheet of labels, or one label of a roll: there the page is the label. */
export interface LabelFormat {
  readonly id: string;
  /** As it stands on the box. */
  readonly name: string;
  readonly kind: 'sheet' | 'roll';
  readonly page: Size;
  readonly label: Size;
  readonly columns: number;
  readonly rows: number;
  /** Place of the first label. */
  readonly left: number;
  readonly top: number;
  /** From one label to the next, across and down. */
  readonly pitchX: number;
  readonly pitchY: number;
}

const a4: Size = { width: 210, height: 297 };
const letter: Size = { width: 215.9, height: 279.4 };

type Grid = readonly [columns: number, rows: number, pitchX: number, pitchY: number];

/** A sheet whose labels stand in the middle of the page. */
function sheet(id: string, page: Size, label: Size, [columns, rows, pitchX, pitchY]: Grid): LabelFormat {
  const left = (page.width - (columns - 1) * pitchX - label.width) / 2;
  const top = (page.height - (rows - 1) * pitchY - label.height) / 2;
  return { id, name: `Avery ${id}`, kind: 'sheet', page, label, columns, rows, left, top, pitchX, pitchY };
}

function roll(id: string, name: string, width: number, height: number): LabelFormat {
  const label = { width, height };
  const one = { columns: 1, rows: 1, left: 0, top: 0, pitchX: width, pitchY: height };
  return { id, name, kind: 'roll', page: label, label, ...one };
}

/** The formats asset labels are sold in: the sheets and rolls of the field's leader, and two small A4 ones. */
export const labelFormats: readonly LabelFormat[] = [
  sheet('L7162', a4, { width: 99.1, height: 33.9 }, [2, 8, 101.6, 33.9]),
  sheet('L7163', a4, { width: 99.1, height: 38.1 }, [2, 7, 101.6, 38.1]),
  sheet('L7160', a4, { width: 63.5, height: 38.1 }, [3, 7, 66, 38.1]),
  sheet('3490', a4, { width: 70, height: 36 }, [3, 8, 70, 36]),
  sheet('L4736', a4, { width: 45.7, height: 21.2 }, [4, 12, 48.3, 21.2]),
  sheet('L4731', a4, { width: 25.4, height: 10 }, [7, 27, 27.9, 10]),
  sheet('5520', letter, { width: 66.675, height: 25.4 }, [3, 10, 69.85, 25.4]),
  sheet('5267', letter, { width: 44.45, height: 12.7 }, [4, 20, 52.07, 12.7]),
  roll('tze-12', 'Brother TZe 12 mm', 50, 12),
  roll('tze-18', 'Brother TZe 18 mm', 55, 18),
  roll('tze-24', 'Brother TZe 24 mm', 65, 24),
  roll('dk-62', 'Brother DK 62 mm', 62, 29),
  roll('dymo-30252', 'Dymo 30252', 89, 28),
  roll('dymo-1933081', 'Dymo 1933081', 89, 25),
  roll('dymo-2112283', 'Dymo 2112283', 54, 25),
];

/** A format by its id; the first one for an id that is not known any more. */
export function findLabelFormat(id: string): LabelFormat {
  const found = labelFormats.find((format) => format.id === id) ?? labelFormats[0];
  if (found === undefined) throw new Error('findLabelFormat: there are no formats; expected at least one in the list');
  return found;
}

export function labelsPerPage({ columns, rows }: LabelFormat): number {
  return columns * rows;
}
