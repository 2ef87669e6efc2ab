/** About how wide a letter of a label is. */
const LETTER = 6.8;
const FEW = 6;
const LINES = 3;

/** The names of the categories in lines that fit; of many, where some do not, only every other. */
export function labelled(labels: string[], slot: number): string[][] {
  const fits = (words: string): boolean => words.length * LETTER <= slot;
  const lines = labels.map((label) => broken(label.split(" "), fits));
  const longest = Math.max(0, ...lines.flat().map((words) => words.length * LETTER));
  if (longest <= slot && lines.every((each) => each.length <= LINES)) return lines;
  if (labels.length <= FEW) return lines.map((each) => each.slice(0, LINES).map((words) => (fits(words) ? words : cut(words, slot))));
  const every = Math.max(2, Math.ceil((longest + LETTER) / slot));
  return lines.map((each, at) => (at % every ? [] : each.slice(0, LINES)));
}

/** As many words in a line as fit there. */
function broken(words: string[], fits: (words: string) => boolean): string[] {
  return words.reduce<string[]>((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`;
    return lines.length && fits(longer) ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);
}

function cut(words: string, slot: number): string {
  return `${words.slice(0, Math.max(1, Math.floor(slot / LETTER) - 1))}…`;
}
