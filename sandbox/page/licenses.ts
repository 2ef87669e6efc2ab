import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Plugin } from "vite";

interface License {
  name: string;
  /** Who holds the rights, word by word as the package says it. */
  holders: string[];
  terms: string;
}

/** Lists the license of every package in the bundle: one text, with all packages that carry it and their holders. */
export function licenses(fileName: string): Plugin {
  return {
    name: "licenses",
    apply: "build",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
      const packages = new Set(modules.map(packageOf).filter((folder) => folder !== null));
      this.emitFile({ type: "asset", fileName, source: page([...packages].map(licenseOf)) });
    },
  };
}

function packageOf(module: string): string | null {
  if (!module.includes("/node_modules/")) return null;
  for (let folder = dirname(module); folder.includes("/node_modules/"); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && read(file)["version"] !== undefined) return folder;
  }
  throw new Error(`${module} belongs to no package`);
}

function licenseOf(folder: string): License {
  const { name, version, license } = read(join(folder, "package.json"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.(md|txt))?$/i.test(each));
  if (file === undefined) throw new Error(`${name} has no license file: the bundle must not go out without its words`);
  const paragraphs = readFileSync(join(folder, file), "utf8").trim().split(/\r?\n\s*\n/);
  const holders = paragraphs.filter(isHolder).flatMap((each) => each.split(/\r?\n/));
  if (holders.length === 0) throw new Error(`${name} names nobody in its license`);
  const terms = paragraphs.filter((each) => !isHolder(each) && !isTitle(each)).join("\n\n");
  return { name: `${name} ${version} (${license})`, holders, terms };
}

function isHolder(paragraph: string): boolean {
  return /^copyright /i.test(paragraph);
}

function isTitle(paragraph: string): boolean {
  return /^\(?(the )?(mit|isc) license( \(mit\))?\)?$/i.test(paragraph);
}

function page(all: License[]): string {
  const groups = new Map<string, License[]>();
  for (const license of all.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const words = license.terms.toLowerCase().replace(/["'*\s]+/g, " ");
    groups.set(words, [...(groups.get(words) ?? []), license]);
  }
  const parts = [...groups.values()].map((same) => {
    const packages = same.map(({ name, holders }) => `- ${name}: ${holders.join("; ")}`);
    return `${packages.join("\n")}\n\n${same[0]?.terms}\n`;
  });
  return `# Licenses\n\nThe page is bundled from these packages. Under each list stand its terms.\n\n${parts.join("\n---\n\n")}`;
}

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}
