import type { ShellSettingsValues } from './shell-settings.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type WindowPlace = NonNullable<ShellSettingsValues['place']>;

/** Without a position the system puts the window where it likes. */
export interface ChosenPlace {
  readonly bounds: Rectangle | typeof defaultSize;
  readonly maximized: boolean;
}

export const defaultSize = { width: 1360, height: 860 } as const;
export const smallestSize = { width: 480, height: 480 } as const;

/** So much of the window's upper edge (pixels) must be on a screen that a person can take hold of it. */
const gripPixels = 80;

/**
 * Where the window opens. A remembered place counts only while it is on a screen: a monitor may be gone since.
 * @param workAreas usable areas of the screens there are now
 */
export function choosePlace(remembered: WindowPlace | null, workAreas: readonly Rectangle[]): ChosenPlace {
  if (remembered === null) return { bounds: defaultSize, maximized: false };
  const { bounds, maximized } = remembered;
  const bigEnough = bounds.width >= smallestSize.width && bounds.height >= smallestSize.height;
  if (!bigEnough || !workAreas.some((area) => canBeGripped(bounds, area))) return { bounds: defaultSize, maximized };
  return { bounds, maximized };
}

function canBeGripped(bounds: Rectangle, area: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const top = bounds.y >= area.y - 10 && bounds.y <= area.y + area.height - gripPixels;
  return across >= gripPixels && top;
}
