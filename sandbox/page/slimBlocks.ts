import type { Plugin } from "vite";

const LIBRARY = "slack-blocks-to-jsx/dist/index";

/**
 * Makes slack-blocks-to-jsx lighter, and its emoji table ours to use.
 *
 * The library carries every emoji in every skin tone (about 120 KB) and the names of all HTML entities
 * as lists of character codes (another 70 KB more than their text), and exports its emoji to nobody.
 * All three are undone here, so that our own text shows the same emoji and the bundle stays below 900 KB.
 * The library's version is exact in package.json; should a new one look different, the build stops.
 */
export function slimBlocks(): Plugin {
  return {
    name: "slim-blocks",
    transform(code, id) {
      if (!id.includes(LIBRARY)) return null;
      const table = /var (\w+)=\{100:"/.exec(code)?.[1];
      if (table === undefined) throw new Error("slack-blocks-to-jsx: its emoji table was not found");
      const light = code.replace(/"[^"]*::skin-tone-[^"]*":"[^"]*",?/g, "").replace(ENTITY, spelled);
      return { code: `${light}\n${HELPER}\nexport { ${table} as EMOJI };`, map: null };
    },
  };
}

const ENTITY = /\{key:\[([\d,]+)\],value:("(?:[^"\\]|\\.)*")\}/g;
const HELPER = "function entity$(name,value){return{key:Array.from(name,(c)=>c.charCodeAt(0)),value}}";

function spelled(_whole: string, codes: string, value: string): string {
  return `entity$("${String.fromCharCode(...codes.split(",").map(Number))}",${value})`;
}
