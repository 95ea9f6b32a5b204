/** What a configuration item is at bottom; `assetClass` names the finer class, also one of the organisation's own. */
export const baseClasses = [
  'hardware',
  'network',
  'software',
  'licence',
  'service',
  'site',
  'virtual',
  'other',
] as const;
export type BaseClass = (typeof baseClasses)[number];

/** Life cycle of a configuration item, from least to furthest advanced. */
export const assetStatuses = [
  'planned',
  'in-stock',
  'implementation',
  'production',
  'maintenance',
  'repair',
  'missing',
  'retired',
  'disposed',
] as const;
export type AssetStatus = (typeof assetStatuses)[number];

export const criticalities = ['high', 'medium', 'low'] as const;
export const depreciationMethods = ['straight-line', 'declining-balance'] as const;
export type DepreciationMethod = (typeof depreciationMethods)[number];
export const licenceTypes = ['per-device', 'per-user', 'concurrent', 'site', 'subscription'] as const;
