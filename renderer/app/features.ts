import type { Feature } from '../widgets/feature.ts';
import { administrationFeature } from '../features/administration/feature.ts';
import { assetsFeature } from '../features/assets/feature.ts';
import { changesFeature } from '../features/changes/feature.ts';
import { exchangeFeature } from '../features/exchange/feature.ts';
import { majorIncidentsFeature } from '../features/major-incidents/feature.tsx';
import { problemsFeature } from '../features/problems/feature.ts';
import { serviceLevelsFeature } from '../features/service-levels/feature.ts';
import { syncFeature } from '../features/sync/feature.ts';
import { ticketsFeature } from '../features/tickets/feature.ts';

/** One line a capability: its screens, texts, commands and dialogs come with its card. */
export const features: readonly Feature[] = [
  ticketsFeature,
  exchangeFeature,
  majorIncidentsFeature,
  problemsFeature,
  changesFeature,
  assetsFeature,
  syncFeature,
  serviceLevelsFeature,
  administrationFeature,
];
