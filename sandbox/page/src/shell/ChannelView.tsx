import type { ReactNode } from "react";

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
import { TabPanel, Tabs, type Tab } from "./Tabs";
import { walkMessages } from "./walking";

export function ChannelView({ id }: { id: string }): ReactNode {
  const { channel: find, act, snapshot, tab: wanted, openTab } = useWorkspace();
  const channel = find(id);
  const tabs = useTabs(channel);
  const tab = tabs.find(({ key }) => key === wanted)?.key ?? "messages";
  useRead(act, channel, tab === "messages");
  if (!channel) return null;
  const show = (next: string): void => {
    openTab(next === "messages" ? null : next);
    // The app is told of each of its tabs that is opened; Home tells it itself.
    if (next === "messages" && channel.with === snapshot.app.user) void act({ do: "open_dm", user: channel.with }, true);
  };
  const canvas = snapshot.canvases.find((one) => one.id === tab);
  return (
    <main className="channel" data-channel={id} onKeyDown={walkMessages}>
      <ChannelHead channel={channel} />
      {tabs.length > 1 && <Tabs tabs={tabs} chosen={tab} show={show} />}
      <TabPanel of={tabs.length > 1 ? tab : null}>
        {tab === "home" && <HomeTab />}
        {tab === "files" && <AllFiles id={id} />}
        {canvas && <CanvasTab canvas={canvas} />}
        {tab === "messages" && (
          <>
            <MessageList channel={channel} />
            <Foot channel={channel} />
          </>
        )}
      </TabPanel>
    </main>
  );
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
