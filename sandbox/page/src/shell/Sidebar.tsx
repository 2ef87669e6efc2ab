import { useState, type ReactNode } from "react";

import { useKept } from "../state/kept";
import { useWorkspace } from "../state/workspace";
import type { Channel } from "../types";
import { BrowseChannels, CreateChannel, NewMessage } from "./AddDialogs";
import { useDrafted } from "./drafts";
import { JumpTo } from "./JumpTo";
import { Menu, useOpen } from "./Menu";
import { CanvasRow, ChannelRow, PersonRow } from "./SidebarRow";
import { walkRows } from "./walking";

export function Sidebar(): ReactNode {
  const { snapshot, person, channelId, canvas, me, appUser } = useWorkspace();
  const drafted = useDrafted(me.id);
  const [adding, setAdding] = useState<"create" | "browse" | "message" | null>(null);
  const open = snapshot.channels.filter((channel) => !channel.archived || channel.id === channelId);
  const channels = open
    // One that is only looked at stands in the list as long as it is open, as in Slack.
    .filter((channel) => channel.kind !== "dm" && (channel.member || channel.id === channelId))
    .sort((a, b) => a.name.localeCompare(b.name));
  // What is open or unread stays in sight when its section is closed.
  const stays = (channel: Channel): boolean => channel.id === channelId || channel.unread > 0;
  const isApp = (channel: Channel): boolean => person(channel.with ?? "")?.is_bot === true;
  const dms = open
    .filter((channel) => channel.kind === "dm" && (channel.latest || stays(channel) || drafted.includes(channel.id)))
    .sort((a, b) => (b.latest ?? "").localeCompare(a.latest ?? ""));
  const people = dms.filter((dm) => !isApp(dm));
  const apps = dms.filter(isApp);
  const canvases = snapshot.canvases.filter((one) => one.channel === null);
  const rows = (list: Channel[]): ReactNode =>
    list.map((channel) => <ChannelRow key={channel.id} channel={channel} draft={drafted.includes(channel.id)} />);
  const close = (): void => setAdding(null);
  return (
    <nav className="sidebar" aria-label="Channels and direct messages" onKeyDown={walkRows}>
      <h1>{snapshot.team?.name ?? "Sandbox"}</h1>
      <JumpTo />
      <Group title="Channels" all={rows(channels)} some={rows(channels.filter(stays))}>
        <AddChannels choose={setAdding} />
      </Group>
      <Group
        title="Direct messages"
        all={rows(people)}
        some={rows(people.filter(stays))}
      >
        <AddRow label="New message" onClick={() => setAdding("message")} />
      </Group>
      <Group
        title="Apps"
        all={
          <>
            {rows(apps)}
            {!apps.some((dm) => dm.with === appUser) && <PersonRow id={appUser} />}
          </>
        }
        some={rows(apps.filter(stays))}
      />
      {canvases.length > 0 && (
        <Group
          title="Canvases"
          all={canvases.map((one) => <CanvasRow key={one.id} canvas={one} />)}
          some={canvas && <CanvasRow canvas={canvas} />}
        />
      )}
      {adding === "create" && <CreateChannel close={close} />}
      {adding === "browse" && <BrowseChannels close={close} />}
      {adding === "message" && <NewMessage close={close} />}
    </nav>
  );
}

interface GroupProps {
  title: string;
  all: ReactNode;
  /** What is still shown when the section is closed. */
  some: ReactNode;
  children?: ReactNode;
}

function Group({ title, all, some, children }: GroupProps): ReactNode {
  const [closed, keep] = useKept(`section ${title}`);
  return (
    <section className="group" aria-label={title}>
      <h2>
        <button type="button" className="group-head" aria-expanded={!closed} onClick={() => keep(closed ? "" : "closed")}>
          <span className="group-mark" aria-hidden="true" />
          {title}
        </button>
      </h2>
      <ul>
        {closed ? some : all}
        {!closed && children}
      </ul>
    </section>
  );
}

function AddChannels({ choose }: { choose(what: "create" | "browse"): void }): ReactNode {
  const { anchor, open, toggle, close } = useOpen();
  const items = [
    { label: "Create a new channel", run: () => choose("create") },
    { label: "Browse channels", run: () => choose("browse") },
  ];
  return (
    <>
      <AddRow label="Add channels" anchor={anchor} expanded={open} onClick={toggle} />
      {open && <Menu anchor={anchor} label="Add channels" items={items} close={close} />}
    </>
  );
}

interface AddRowProps {
  label: string;
  anchor?: React.RefObject<HTMLButtonElement | null>;
  expanded?: boolean;
  onClick(): void;
}

function AddRow({ label, anchor, expanded, onClick }: AddRowProps): ReactNode {
  return (
    <li>
      <button
        ref={anchor}
        type="button"
        className="row quiet"
        tabIndex={-1}
        aria-haspopup={anchor ? "menu" : "dialog"}
        aria-expanded={expanded}
        onClick={onClick}
      >
        <span className="row-sign plus" aria-hidden="true">
          +
        </span>
        <span className="row-name">{label}</span>
      </button>
    </li>
  );
}
