import { useEffect, useState, type KeyboardEvent, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import type { Channel, Snapshot } from "../types";
import { CanvasTab, nameOf } from "./CanvasTab";
import { ChannelName } from "./ChannelSign";
import { ChannelHead } from "./ChannelHead";
import { Composer } from "./Composer";
import { Files } from "./Files";
import { HomeTab } from "./HomeTab";
import { useRead } from "./marking";
import { MessageList } from "./MessageList";
import { walkMessages } from "./walking";

export function ChannelView({ id }: { id: string }): ReactNode {
  const { channel: find, act, snapshot, pointedAt } = useWorkspace();
  const channel = find(id);
  const [chosen, setTab] = useState("messages");
  const tabs = useTabs(channel);
  const tab = tabs.some(({ key }) => key === chosen) ? chosen : "messages";
  useRead(act, channel, tab === "messages");
  // A link to a message shows the message, whatever was looked at before.
  useEffect(() => {
    if (pointedAt) setTab("messages");
  }, [pointedAt]);
  if (!channel) return null;
  const show = (next: string): void => {
    setTab(next);
    if (next === "home") void act({ do: "open_home" });
  };
  const canvas = snapshot.canvases.find((one) => one.id === tab);
  return (
    <main className="channel" data-channel={id} onKeyDown={walkMessages}>
      <ChannelHead channel={channel} />
      {tabs.length > 1 && <Tabs tabs={tabs} chosen={tab} show={show} />}
      {tab === "home" && <HomeTab />}
      {tab === "files" && <AllFiles id={id} />}
      {canvas && <CanvasTab canvas={canvas} />}
      {tab === "messages" && (
        <>
          <MessageList channel={channel} />
          <Foot channel={channel} />
        </>
      )}
    </main>
  );
}

interface Tab {
  key: string;
  name: string;
}

function useTabs(channel: Channel | undefined): Tab[] {
  const { snapshot } = useWorkspace();
  if (!channel) return [];
  const { app, canvases, messages } = snapshot;
  const tabs: Tab[] = [{ key: "messages", name: "Messages" }];
  if (channel.with === app.user && app.home_tab) tabs.unshift({ key: "home", name: "Home" });
  for (const canvas of canvases.filter((one) => one.channel === channel.id)) tabs.push({ key: canvas.id, name: nameOf(canvas) });
  if (messages[channel.id]?.some(({ files }) => files?.length)) tabs.push({ key: "files", name: "Files" });
  return tabs;
}

function Tabs({ tabs, chosen, show }: { tabs: Tab[]; chosen: string; show(key: string): void }): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = (tabs.findIndex(({ key }) => key === chosen) + step + tabs.length) % tabs.length;
    const next = tabs[at];
    if (next) show(next.key);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[at]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="Parts of this conversation" onKeyDown={onKeyDown}>
      {tabs.map(({ key, name }) => (
        <button
          key={key}
          type="button"
          role="tab"
          aria-selected={chosen === key}
          tabIndex={chosen === key ? 0 : -1}
          onClick={() => show(key)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function AllFiles({ id }: { id: string }): ReactNode {
  const { snapshot } = useWorkspace();
  return (
    <div className="home" tabIndex={0} role="region" aria-label="Files">
      <Files files={(snapshot.messages[id] ?? []).flatMap(({ files }) => files ?? []).reverse()} />
    </div>
  );
}

/** Whether these are the direct messages of an app that takes none. */
export function isReadOnly(channel: Channel, { app }: Snapshot): boolean {
  return app.messages_read_only && channel.with === app.user;
}

/** The composer, or the reason why there is none. */
function Foot({ channel }: { channel: Channel }): ReactNode {
  const { act, person, snapshot } = useWorkspace();
  const other = person(channel.with ?? "");
  if (channel.archived)
    return (
      <div className="join-bar">
        <span>
          <ChannelName channel={channel} /> is archived. It can be read, but nobody can write here.
        </span>
      </div>
    );
  if (other?.deleted) return <div className="join-bar">{other.real_name} has left. Nobody would read what you write here.</div>;
  if (isReadOnly(channel, snapshot)) return <div className="join-bar">Sending messages to this app has been turned off.</div>;
  if (channel.member || channel.kind === "dm") return <Composer channel={channel} />;
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
