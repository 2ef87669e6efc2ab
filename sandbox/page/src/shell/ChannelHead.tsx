import type { ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import { Link, Mrkdwn, Plain } from "../text/Rich";
import type { Channel } from "../types";
import { ChannelMenu } from "./ChannelMenu";
import { ChannelSign } from "./ChannelSign";
import { People } from "./People";
import { Pins } from "./Pins";

export function ChannelHead({ channel }: { channel: Channel }): ReactNode {
  const { person } = useWorkspace();
  const other = person(channel.with ?? "");
  return (
    <>
      <header className="channel-head">
        <h2>
          {channel.kind === "dm" ? <Avatar person={other} small /> : <ChannelSign kind={channel.kind} />}
          <span className="head-name">{other?.real_name ?? channel.name}</span>
          {other?.is_bot && <span className="app-badge">APP</span>}
        </h2>
        <p className="topic" title={channel.topic}>
          {channel.topic ? <Mrkdwn text={channel.topic} /> : (other?.title ?? "")}
        </p>
        <Pins channel={channel} />
        {channel.kind !== "dm" && <People channel={channel} />}
        <ChannelMenu channel={channel} />
      </header>
      <Bookmarks channel={channel} />
    </>
  );
}

function Bookmarks({ channel }: { channel: Channel }): ReactNode {
  if (channel.bookmarks.length === 0) return null;
  return (
    <ul className="bookmarks" aria-label="Bookmarks">
      {channel.bookmarks.map(({ id, title, link, emoji }) => (
        <li key={id}>
          <Link href={link}>
            <Plain text={`${emoji || ":bookmark:"} ${title}`} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
