import type { Plugin } from "vite";

/**
 * Leaves out of the packages what this page never reaches, and makes the library's emoji table ours to use.
 *
 * slack-blocks-to-jsx carries every emoji in every skin tone, and a Markdown parser with all entities of HTML,
 * letters folded for reference links, and every punctuation mark of Unicode by name. Slack's text escapes three
 * characters and has no reference links, and the parser asks for the marks by number only. Other packages also
 * write Markdown and read SVG, which nobody does here. Versions are exact in npm-shrinkwrap.json; should one
 * look different some day, the build stops.
 */
export function slimBlocks(): Plugin {
  const unseen = new Set<string>();
  let building = false;
  return {
    name: "slim-blocks",
    configResolved({ command }) {
      building = command === "build";
    },
    buildStart() {
      for (const file of SLIM.keys()) unseen.add(file);
    },
    transform(code, id) {
      const file = [...SLIM.keys()].find((known) => id.split("?")[0]?.endsWith(known));
      if (file === undefined) return null;
      unseen.delete(file);
      return { code: SLIM.get(file)?.(code) ?? code, map: null };
    },
    buildEnd(wrong) {
      if (building && !wrong && unseen.size > 0) this.error(`To be made lighter, but not there: ${[...unseen].join(", ")}`);
    },
  };
}

const SLIM = new Map<string, (code: string) => string>([
  ["slack-blocks-to-jsx/dist/index.mjs", slimLibrary],
  [
    "remark-gfm/lib/index.js",
    (code) => cut(code, "Markdown writers", /^ *toMarkdownExtensions\.push\(gfmToMarkdown\(settings\)\)$/gm, 1, () => ""),
  ],
  [
    "property-information/index.js",
    (code) => cut(code, "SVG properties", /^export const svg = merge\(.*\)$/gm, 1, () => "export const svg = html"),
  ],
]);

const SKIN_TONE = /"[^"]*::skin-tone-[^"]*":"[^"]*",?/g;
const ENTITY = /\{key:\[([\d,]+)\],value:(?:"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`)\},?/g;
const FOLDED = /=\{\\u00B5:(?:"[^"]*"|[^"{}])+\}/g;
const MARKS = /\(function\((\w)\)\{((?:\1\[\1\.\w+=\d+\]="\w+",?)+)\}\)\(([\w$]+)\|\|\(\3=\{\}\)\)/g;
/** What Slack escapes: docs.slack.dev/messaging/formatting-message-text */
const ESCAPED = new Set(["amp;", "lt;", "gt;"]);

function slimLibrary(code: string): string {
  const table = /var (\w+)=\{100:"/.exec(code)?.[1];
  if (table === undefined) throw new Error("slack-blocks-to-jsx: its emoji table was not found");
  let light = cut(code, "skin tones", SKIN_TONE, 1_800, () => "");
  light = cut(light, "entities", ENTITY, 2_000, (whole, codes) => (ESCAPED.has(spelled(codes)) ? whole : ""));
  light = cut(light, "folded letters", FOLDED, 1, () => "={}");
  const names = light;
  light = cut(light, "punctuation marks", MARKS, 6, (whole, _, marks, name) =>
    isReadOnce(names, name) ? `${name}=marks$("${ranges(marks)}")` : whole,
  );
  return `${light}\n${HELPER}\nexport { ${table} as EMOJI };`;
}

const HELPER = `function marks$(ranges) {
  return ranges.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}`;

function spelled(codes: string): string {
  return String.fromCharCode(...codes.split(",").map(Number));
}

/** Whether a list of marks is only declared, filled, and then taken as numbers into a set. */
function isReadOnce(code: string, name: string): boolean {
  const quoted = name.replaceAll("$", "\\$");
  const everywhere = code.match(new RegExp(`(?<![\\w$.])${quoted}(?![\\w$])`, "g"));
  return everywhere?.length === 4 && new RegExp(`\\.\\.\\.\\w+\\(${quoted}\\)`).test(code);
}

/** `e[e.A=1]="A",e[e.B=2]="B",e[e.C=9]="C"` as `1-2,9`. */
function ranges(marks: string): string {
  const found: [number, number][] = [];
  for (const [, digits] of marks.matchAll(/=(\d+)\]/g)) {
    const code = Number(digits);
    const last = found.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else found.push([code, code]);
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** Replaces, and stops the build unless there was at least as much to replace as there is in the version we know. */
function cut(code: string, what: string, found: RegExp, least: number, by: (...parts: string[]) => string): string {
  let times = 0;
  const lighter = code.replace(found, (...parts: string[]) => {
    const next = by(...parts);
    if (next !== parts[0]) times += 1;
    return next;
  });
  if (times < least) throw new Error(`Of the ${what}, ${times} were found where ${least} should be. Look at slimBlocks.ts.`);
  return lighter;
}
