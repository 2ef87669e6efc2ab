import { EMOJI } from "slack-blocks-to-jsx";
import { Fragment, memo, type ReactNode } from "react";

import { ChannelName } from "../shell/ChannelSign";
import { Profile } from "../shell/Profile";
import { useOpen } from "../shell/Menu";
import { permalink } from "../state/address";
import { useWorkspace } from "../state/workspace";
import type { TextObject } from "../types";
import { fillDateTokens } from "./dates";
import { decode, parseMrkdwn, type Node } from "./mrkdwn";

export function Emoji({ name }: { name: string }): ReactNode {
  const sign = EMOJI[name];
  if (sign === undefined) return `:${name}:`;
  return (
    <span className="emoji" role="img" aria-label={name.replaceAll("_", " ")} title={`:${name}:`}>
      {sign}
    </span>
  );
}

export function UserMention({ id }: { id: string }): ReactNode {
  const { person, me } = useWorkspace();
  const { anchor, open, toggle, close } = useOpen();
  const one = person(id);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={id === me.id ? "mention mention-me" : "mention"}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={toggle}
      >
        @{one?.real_name ?? id}
      </button>
      {one && open && <Profile of={one} anchor={anchor} close={close} />}
    </>
  );
}

export function ChannelMention({ id, label }: { id: string; label?: string | null }): ReactNode {
  const { channel, openChannel } = useWorkspace();
  const known = channel(id);
  if (!known) return <span className="mention">#{label || "private-channel"}</span>;
  return (
    <button type="button" className="mention" onClick={() => openChannel(id)}>
      <ChannelName channel={known} />
    </button>
  );
}

interface DateProps {
  epoch: string;
  pattern: string;
  link?: string | null;
  fallback: string;
  /** Whether words stand before it in its sentence: then a day near now is written "today". */
  inside?: boolean;
}

export function SlackDate({ epoch, pattern, link, fallback, inside }: DateProps): ReactNode {
  const { now, me } = useWorkspace();
  const at = new Date(Number(epoch) * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  const shown = fillDateTokens(pattern, at, now, me.tz, inside) ?? fallback;
  const time = (
    <time dateTime={at.toISOString()} title={`${fallback} (shown in ${me.tz})`}>
      {shown}
    </time>
  );
  return link ? <Link href={link}>{time}</Link> : time;
}

export function Link({ href, children }: { href: string; children: ReactNode }): ReactNode {
  const { openPermalink } = useWorkspace();
  const here = permalink(href);
  if (here)
    return (
      <a
        href={href}
        onClick={(event) => {
          event.preventDefault();
          openPermalink(here);
        }}
      >
        {children}
      </a>
    );
  // A link typed into a message may be anything; only these leave the page.
  if (!/^(https?:|mailto:|tel:|\/|#)/i.test(href)) return children;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

interface TokenProps {
  token: string;
  label: string | null;
  inside: boolean;
}

function Token({ token, label, inside }: TokenProps): ReactNode {
  const id = token.slice(1);
  if (token.startsWith("@")) return <UserMention id={id} />;
  if (token.startsWith("#")) return <ChannelMention id={id} label={label} />;
  if (token.startsWith("!date^")) {
    const [, epoch = "", pattern = "", link] = token.split("^");
    const fallback = decode(label ?? pattern);
    return <SlackDate epoch={epoch} pattern={decode(pattern)} link={link} fallback={fallback} inside={inside} />;
  }
  if (/^!(here|channel|everyone)$/.test(token)) return <span className="mention mention-me">@{id}</span>;
  if (token.startsWith("!")) return <span className="mention">{label ?? `@${id}`}</span>;
  const href = decode(token);
  return <Link href={href}>{label === null ? href.replace(/^mailto:/, "") : decode(label)}</Link>;
}

function draw(node: Node, inside: boolean): ReactNode {
  switch (node.kind) {
    case "text": return node.text;
    case "bold": return <b>{nodes(node.children)}</b>;
    case "italic": return <i>{nodes(node.children)}</i>;
    case "strike": return <s>{nodes(node.children)}</s>;
    case "code": return <code className="code">{node.text}</code>;
    case "pre": return <pre className="pre">{node.text}</pre>;
    case "quote": return <blockquote className="quote">{nodes(node.children)}</blockquote>;
    case "emoji": return <Emoji name={node.name} />;
    case "token": return <Token token={node.token} label={node.label} inside={inside} />;
  }
}

function nodes(list: Node[]): ReactNode {
  return list.map((node, at) => <Fragment key={at}>{draw(node, followsWords(list[at - 1]))}</Fragment>);
}

function followsWords(before: Node | undefined): boolean {
  if (before === undefined || before.kind === "quote" || before.kind === "pre") return false;
  return before.kind !== "text" || !/(^|\n|[.!?]\s)\s*$/.test(before.text);
}

export const Mrkdwn = memo(function Mrkdwn({ text }: { text: string }): ReactNode {
  return <span className="mrkdwn">{nodes(parseMrkdwn(text))}</span>;
});

/** A text object of either kind. */
export function Text({ of }: { of: TextObject | null | undefined }): ReactNode {
  if (!of) return null;
  return of.type === "mrkdwn" ? <Mrkdwn text={of.text} /> : <Plain text={of.text} />;
}

export function Plain({ text }: { text: string }): ReactNode {
  const pieces = decode(text).split(/(:[a-z0-9_+'-]+:)/i);
  return pieces.map((piece, at) =>
    at % 2 ? <Emoji key={at} name={piece.slice(1, -1)} /> : <Fragment key={at}>{piece}</Fragment>,
  );
}

/** Plain text with its emoji, for places that take no elements: options, titles, attributes. */
export function flat(of: TextObject | null | undefined): string {
  return decode(of?.text ?? "").replace(/:([a-z0-9_+'-]+):/gi, (whole, name: string) => EMOJI[name] ?? whole);
}
