import { createRandom, pick } from './random.ts';
import type { Random } from './random.ts';

const domain = `the to a in is on of and for not with user after from server error when cannot password reset vpn laptop
email outlook network printer access request login account windows update failed install software office slow screen
monitor crash database connection timeout portal ticket group policy domain directory certificate expired firewall proxy
wifi backup restore mailbox quota shared folder permission denied license renew phone mobile device sync token hardware
replacement docking station keyboard mouse headset camera driver bios reboot memory upgrade storage cloud remote desktop
session hang freeze performance latency packet loss switch router port dns dhcp address hostname patch incident change
problem root cause workaround escalated resolved pending approval manager onboarding contractor finance legal marketing
invoice report export import file attachment virus phishing quarantine spam filter scan encrypt recovery key boot image
deploy script service restart queue spooler tray toner paper jam scanner browser cache cookie extension intranet wiki page
broken link build pipeline release version rollback config setting default profile lock unlock single sign api gateway
endpoint integration message broker cluster node container registry root job schedule batch nightly failure alert
threshold usage spike leak heap dump log rotate archive retention compliance audit review risk vendor support contract
warranty repair shipment inventory asset tag serial number location building floor room desk move add remove`;
const syllables = 'ba co di fu ge ha ki lo me na or pi qu ra se ti un ve wa xe yo za tr st pl'.split(' ');
const vocabularySize = 20_000;

const vocabulary = buildVocabulary();
const cumulative = buildCumulative();

function buildVocabulary(): readonly string[] {
  const random = createRandom(7);
  const words = new Set(domain.split(/\s+/));
  while (words.size < vocabularySize) {
    let word = '';
    for (let count = 2 + Math.floor(random() * 3); count > 0; count -= 1)
      word += pick(random, syllables) + (random() < 0.3 ? 'n' : '');
    words.add(random() < 0.08 ? word + Math.floor(random() * 1000) : word);
  }
  return [...words];
}

/** Running sums of a Zipf distribution: a word is found by bisection. */
function buildCumulative(): Float64Array {
  const sums = new Float64Array(vocabularySize);
  let sum = 0;
  for (let rank = 0; rank < vocabularySize; rank += 1) {
    sum += 1 / (rank + 2.7);
    sums[rank] = sum;
  }
  return sums;
}

export function makeWord(random: Random): string {
  const wanted = random() * (cumulative[vocabularySize - 1] ?? 0);
  let low = 0;
  let high = vocabularySize - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return vocabulary[low] ?? '';
}

/** Prose of at least so many characters: sentences of at least nine words. */
export function makeText(random: Random, characters: number): string {
  let text = capitalize(makeWord(random));
  let wordsInSentence = 1;
  while (text.length < characters) {
    wordsInSentence += 1;
    const ends = wordsInSentence > 9 && random() < 0.2;
    text += ends ? `. ${capitalize(makeWord(random))}` : ` ${makeWord(random)}`;
    if (ends) wordsInSentence = 0;
  }
  return `${text}.`;
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
