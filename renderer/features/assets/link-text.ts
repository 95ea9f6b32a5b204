import type { RelationType } from '../../../shared/domain/asset/relation-types.ts';
import type { ImpactLink } from '../../data/impact/impact-api.ts';
import type { AssetText } from './asset-text.ts';

/** A relation as one of its ends reads it. */
export function relationText(text: AssetText, type: RelationType, isReverse: boolean): string {
  return text(isReverse ? `reverse.${type}` : `choice.type.${type}`);
}

/** How one record carries its failure to the next. */
export function linkText(text: AssetText, link: ImpactLink): string {
  return link.by === 'relation' ? relationText(text, link.relation, link.isReverse) : text(`link.${link.by}`);
}
