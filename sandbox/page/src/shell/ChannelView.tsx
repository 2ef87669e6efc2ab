import { useEffect, useState, type ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import { Mrkdwn } from "../text/Rich";
import type { Channel } from "../types";
import { Composer } from "./Composer";
import { HomeTab } from "./HomeTab";
import { MessageList } from "./MessageList";
import { ChannelSign } from "./Sidebar";

export function ChannelView({ id }: { id: string }): ReactNode {
  const { channel: find, person, act } = useWorkspace();
  const channel = find(id);
  const [tab, setTab] = useState<"messages" | "home">("messages");
  const app = person(channel?.with ?? "")?.is_bot === true;
  const unread = channel?.unread ?? 0;
  useEffect(() => {
    if (unread > 0 && tab === "messages") void act({ do: "read", channel: id });
  }, [act, id, unread, tab]);
  if (!channel) return null;
  const show = (next: "messages" | "home"): void => {
    setTab(next);
    if (next === "home") void act({ do: "open_home" });
  };
  return (
    <main className="channel" data-channel={id}>
      <ChannelHead channel={channel} />
      {app && (
        <div className="tabs" role="tablist" aria-label="App">
          {(["home", "messages"] as const).map((name) => (
            <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => show(name)}>
              {name === "home" ? "Home" : "Messages"}
            </button>
          ))}
        </div>
      )}
      {tab === "home" ? (
        <HomeTab />
      ) : (
        <>
          <MessageList channel={channel} />
          {channel.member || channel.kind === "dm" ? <Composer channel={channel} /> : <JoinBar channel={channel} />}
        </>
      )}
    </main>
  );
}

function ChannelHead({ channel }: { channel: Channel }): ReactNode {
  const { person } = useWorkspace();
  const other = person(channel.with ?? "");
  return (
    <header className="channel-head">
      <h2>
        {channel.kind === "dm" ? <Avatar person={other} small /> : <ChannelSign kind={channel.kind} />}
        {other?.real_name ?? channel.name}
        {other?.is_bot && <span className="app-badge">APP</span>}
      </h2>
      <p className="topic">{channel.topic ? <Mrkdwn text={channel.topic} /> : (other?.title ?? "")}</p>
    </header>
  );
}

function JoinBar({ channel }: { channel: Channel }): ReactNode {
  const { act } = useWorkspace();
  if (channel.archived) return <div className="join-bar">This channel is archived.</div>;
  return (
    <div className="join-bar">
      <span>
        You are looking at <b>#{channel.name}</b>
      </span>
      <button type="button" className="button big primary" onClick={() => void act({ do: "join", channel: channel.id })}>
        Join channel
      </button>
    </div>
  );
}
