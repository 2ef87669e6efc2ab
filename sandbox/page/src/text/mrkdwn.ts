/** Slack's mrkdwn as a tree: https://docs.slack.dev/messaging/formatting-message-text */

export type Node =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic" | "strike"; children: Node[] }
  | { kind: "code" | "pre"; text: string }
  | { kind: "quote"; children: Node[] }
  | { kind: "emoji"; name: string }
  | { kind: "token"; token: string; label: string | null };

const MARKS = { "*": "bold", _: "italic", "~": "strike" } as const;
// What may stand around a mark: `snake_case` and 2*3*4 are no formatting in Slack.
const INNER =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+'-]+)(?:::skin-tone-\d)?:|(?<![\w\d*_~])([*_~])(?=\S)((?:(?!\5)[^\n])*?[^\s])\5(?![\w\d])/i;

export function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export function parseMrkdwn(text: string): Node[] {
  const nodes: Node[] = [];
  const pieces = text.split(/(```[\s\S]+?```)/);
  for (const piece of pieces) {
    if (/^```[\s\S]+```$/.test(piece)) nodes.push(...parseInline(piece));
    else nodes.push(...parseQuotes(piece));
  }
  return nodes;
}

function parseQuotes(text: string): Node[] {
  const nodes: Node[] = [];
  let plain: string[] = [];
  let quoted: string[] = [];
  const flush = (): void => {
    if (quoted.length) nodes.push({ kind: "quote", children: parseInline(quoted.join("\n")) });
    else if (plain.length) nodes.push(...parseInline(plain.join("\n")));
    plain = [];
    quoted = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote ? plain.length : quoted.length) flush();
    (quote ? quoted : plain).push(quote?.[1] ?? line);
  }
  flush();
  return nodes;
}

function parseInline(text: string): Node[] {
  const nodes: Node[] = [];
  const scan = new RegExp(INNER, "gi");
  let done = 0;
  for (const match of text.matchAll(scan)) {
    if (match.index > done) nodes.push({ kind: "text", text: decode(text.slice(done, match.index)) });
    nodes.push(nodeOf(match));
    done = match.index + match[0].length;
  }
  if (done < text.length) nodes.push({ kind: "text", text: decode(text.slice(done)) });
  return nodes;
}

function nodeOf(match: RegExpExecArray): Node {
  const [, pre, code, token, emoji, mark, inner] = match;
  if (pre !== undefined) return { kind: "pre", text: decode(pre.replace(/^\n/, "")) };
  if (code !== undefined) return { kind: "code", text: decode(code) };
  if (token !== undefined) {
    const bar = token.indexOf("|");
    return bar < 0
      ? { kind: "token", token, label: null }
      : { kind: "token", token: token.slice(0, bar), label: token.slice(bar + 1) };
  }
  if (emoji !== undefined) return { kind: "emoji", name: emoji };
  return { kind: MARKS[mark as keyof typeof MARKS], children: parseInline(inner ?? "") };
}
