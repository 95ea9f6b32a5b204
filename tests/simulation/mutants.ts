import { mutants } from './mutant-list.ts';
import { runMutant } from './plant.ts';

/** `npm run mutants -- [WORDS OF A NAME] [WORLDS]`. */
const worlds = Number(process.argv[3] ?? 2000);

/** Plants every mutant of the core, shows which invariant catches it and after how many worlds; fails if one survives. */
async function main(): Promise<number> {
  const wanted = process.argv[2] ?? '';
  const chosen = mutants.filter((mutant) => mutant.name.includes(wanted));
  let survivors = 0;
  console.log(`${'mutant'.padEnd(62)} ${'file'.padEnd(18)} caught by  worlds`);
  for (const mutant of chosen) {
    const { failed, worlds: needed } = await runMutant(mutant, worlds);
    if (failed === null) survivors += 1;
    console.log(
      `${mutant.name.padEnd(62)} ${mutant.file.padEnd(18)} ${(failed?.violation?.invariant ?? 'SURVIVED').padEnd(10)} ${needed}`,
    );
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} mutants caught within ${worlds} worlds`);
  return survivors === 0 ? 0 : 1;
}

process.exitCode = await main();
