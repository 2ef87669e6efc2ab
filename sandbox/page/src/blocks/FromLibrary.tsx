import { Message, type Block as LibraryBlock, type MessageProps } from "slack-blocks-to-jsx";
import { Component, useMemo, type ReactNode } from "react";

import { ChannelMention, Link, SlackDate, UserMention } from "../text/Rich";
import type { Block } from "../types";
import { Unknown } from "./Unknown";

const HOOKS: MessageProps["hooks"] = {
  user: ({ id }) => <UserMention id={id} />,
  channel: ({ id }) => <ChannelMention id={id} />,
  atHere: () => <span className="mention mention-me">@here</span>,
  atChannel: () => <span className="mention mention-me">@channel</span>,
  atEveryone: () => <span className="mention mention-me">@everyone</span>,
  date: ({ timestamp, format, link, fallback }) => (
    <SlackDate epoch={timestamp} pattern={format} link={link} fallback={fallback} />
  ),
  link: ({ href, children }) => <Link href={href}>{children}</Link>,
};

/** Display blocks that slack-blocks-to-jsx draws well: rich text, tables, charts, markdown and more. */
export function FromLibrary({ block }: { block: Block }): ReactNode {
  const blocks = useMemo(() => [block as unknown as LibraryBlock], [block]);
  return (
    <Fallback key={JSON.stringify(block)} block={block}>
      <Message blocks={blocks} name="" logo="" withoutWrapper hooks={HOOKS} className="from-library" />
    </Fallback>
  );
}

/** A block whose shape breaks the library is shown as an unknown one instead of breaking the page. */
class Fallback extends Component<{ block: Block; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Unknown of={this.props.block} /> : this.props.children;
  }
}
