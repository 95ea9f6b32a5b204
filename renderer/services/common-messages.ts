import de from './messages/de.json';
import en from './messages/en.json';

/** Words every screen shares: kinds, fields, choices, refusals, times. Features and the frame bring their own. */
export type CommonKey = keyof typeof en;

export type Locale = 'en' | 'de';

/** Messages of one part of the program, in every language it speaks. English decides which keys there are. */
export type Catalogue = Readonly<Record<Locale, Readonly<Record<string, string>>>>;

export const commonMessages: Catalogue = { en, de };
