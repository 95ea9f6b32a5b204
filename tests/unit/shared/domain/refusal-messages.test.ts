import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusalKinds } from '../../../../shared/domain/refusal.ts';

const folder = 'renderer/services/messages';
const catalogues = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('messages of refusals', () => {
  it.each(catalogues)('%s has one for each kind', (name) => {
    const messages: Readonly<Record<string, string>> = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
    expect(refusalKinds.filter((kind) => !messages[`refusal.${kind}`]?.trim())).toEqual([]);
  });

  it('are there in more than one language', () => {
    expect(catalogues).toEqual(expect.arrayContaining(['de.json', 'en.json']));
  });
});
