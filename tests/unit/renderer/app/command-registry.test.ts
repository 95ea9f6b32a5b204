import { describe, expect, it } from 'vitest';
import { menuSections } from '../../../../electron/main/menu-items.ts';
import { appCommands } from '../../../../renderer/app/app-commands.ts';
import { appMessages } from '../../../../renderer/app/app-text.ts';
import { features } from '../../../../renderer/app/features.ts';
import { commonMessages } from '../../../../renderer/services/common-messages.ts';
import { commandGroups } from '../../../../renderer/widgets/app-command.ts';

const commands = [...appCommands, ...features.flatMap((feature) => feature.commands)];
const texts = Object.assign({}, commonMessages.en, appMessages.en, ...features.map((feature) => feature.messages.en));

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

describe('the command registry', () => {
  it('has no id twice, and no key twice on any screen', () => {
    expect(repeated(commands.map(({ id }) => id))).toEqual([]);
    const everywhere = commands.filter(({ screen }) => screen === undefined);
    expect(repeated(everywhere.flatMap(({ keys }) => keys))).toEqual([]);
    for (const { id } of features)
      expect(repeated(commands.filter(({ screen }) => screen === id).flatMap(({ keys }) => keys))).toEqual([]);
  });

  it('binds commands to screens there are', () => {
    const screens = features.filter(({ Screen }) => Screen !== undefined).map(({ id }) => id);
    expect(commands.filter(({ screen }) => screen !== undefined && !screens.includes(screen))).toEqual([]);
  });

  it('has no key that begins the sequence of another', () => {
    const keys = commands.flatMap((command) => command.keys);
    const first = keys.filter((each) => each.includes(' ')).map((each) => each.split(' ', 1)[0] ?? '');
    expect(keys.filter((each) => first.includes(each))).toEqual([]);
  });

  it('names and groups every command', () => {
    expect(commands.filter(({ title }) => !Object.hasOwn(texts, title)).map(({ id }) => id)).toEqual([]);
    expect(commands.filter(({ group }) => !commandGroups.includes(group))).toEqual([]);
  });

  it('lets no bare character act while a person types', () => {
    const bare = commands.filter(
      ({ keys, whileTyping }) => whileTyping === true && keys.some((key) => key.length === 1),
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it('holds everything the application menu offers', () => {
    const offered = menuSections.flatMap(({ items }) =>
      items.flatMap((item) => (typeof item === 'object' && 'command' in item ? [item.command] : [])),
    );
    expect(offered.length).toBeGreaterThan(5);
    expect(offered.filter((id) => !commands.some((command) => command.id === id))).toEqual([]);
  });
});
