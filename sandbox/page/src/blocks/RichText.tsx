import { Fragment, type ReactNode } from "react";

import { ChannelMention, Emoji, Link, SlackDate, UserMention } from "../text/Rich";
import type { Rich, Style } from "../text/richText";
import type { Block } from "../types";

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function RichText({ block }: { block: Block }): ReactNode {
  return <div className="rich-text">{all((block.elements ?? []) as unknown as Rich[])}</div>;
}

function all(pieces: Rich[] | undefined): ReactNode {
  return (pieces ?? []).map((piece, at) => <Fragment key={at}>{draw(piece)}</Fragment>);
}

function draw(of: Rich): ReactNode {
  switch (of.type) {
    case "rich_text_section": return <div className="rich-line" dir="auto">{all(of.elements)}</div>;
    case "rich_text_quote": return <blockquote className="quote">{all(of.elements)}</blockquote>;
    case "rich_text_preformatted": return <pre className="pre" tabIndex={0}>{all(of.elements)}</pre>;
    case "rich_text_list": return <List of={of} />;
    default: return styled(word(of), of.style);
  }
}

const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];
const BULLETS = ["disc", "circle", "square"];

function List({ of }: { of: Rich }): ReactNode {
  const indent = of.indent ?? 0;
  const ordered = of.style === "ordered";
  const Tag = ordered ? "ol" : "ul";
  return (
    <Tag
      className="rich-list"
      start={ordered && of.offset ? of.offset + 1 : undefined}
      style={{ marginLeft: `${indent * 24}px`, listStyleType: (ordered ? NUMBERS : BULLETS)[indent % 3] }}
    >
      {(of.elements ?? []).map((item, at) => (
        <li key={at}>{all(item.elements)}</li>
      ))}
    </Tag>
  );
}

function word(of: Rich): ReactNode {
  switch (of.type) {
    case "text": return of.text;
    case "link": return <Link href={of.url ?? ""}>{of.text || of.url}</Link>;
    case "emoji": return <Emoji name={of.name ?? ""} />;
    case "user": return <UserMention id={of.user_id ?? ""} />;
    case "channel": return <ChannelMention id={of.channel_id ?? ""} />;
    case "usergroup": return <span className="mention">@{of.usergroup_id}</span>;
    case "broadcast": return <span className="mention mention-me">@{of.range}</span>;
    case "date":
      return (
        <SlackDate
          epoch={String(of.timestamp)}
          pattern={of.format ?? ""}
          link={of.url}
          fallback={of.fallback ?? of.format ?? ""}
        />
      );
    case "color":
      return (
        <>
          <span className="swatch" style={{ background: of.value }} aria-hidden="true" />
          {of.value}
        </>
      );
    default: return <code className="code">{JSON.stringify(of)}</code>;
  }
}

function styled(thing: ReactNode, style: Rich["style"]): ReactNode {
  const has: Style = typeof style === "object" ? style : {};
  let made = has.code ? <code className="code">{thing}</code> : thing;
  if (has.strike) made = <s>{made}</s>;
  if (has.italic) made = <i>{made}</i>;
  return has.bold ? <b>{made}</b> : made;
}
