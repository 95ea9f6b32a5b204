import { Box, Building2, Cloud, KeyRound, Laptop, Network, Package, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { baseClasses, type BaseClass } from '../../../shared/domain/asset/asset-words.ts';

const glyphs: Readonly<Record<BaseClass, typeof Box>> = {
  hardware: Laptop,
  network: Network,
  software: Package,
  licence: KeyRound,
  service: Workflow,
  site: Building2,
  virtual: Cloud,
  other: Box,
};

/** A shape for the class; its word stands beside it. */
export function ClassGlyph({
  baseClass,
  size = 16,
}: {
  readonly baseClass: string;
  readonly size?: number;
}): ReactNode {
  const Glyph = glyphs[baseClasses.find((each) => each === baseClass) ?? 'other'];
  return <Glyph size={size} strokeWidth={1.75} aria-hidden />;
}
