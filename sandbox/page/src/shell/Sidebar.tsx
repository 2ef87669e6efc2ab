import { useState, type ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import type { Channel } from "../types";

export function Sidebar(): ReactNode {
  const { snapshot, person } = useWorkspace();
  const open = snapshot.channels.filter((channel) => !channel.archived);
  const joined = open.filter((channel) => channel.kind !== "dm" && channel.member);
  const others = open.filter((channel) => channel.kind === "public" && !channel.member);
  const dms = open.filter((channel) => channel.kind === "dm");
  const isApp = (channel: Channel): boolean => person(channel.with ?? "")?.is_bot === true;
  const unopened = snapshot.people.filter((one) => one.is_bot && !dms.some((dm) => dm.with === one.id));
  return (
    <nav className="sidebar" aria-label="Channels and direct messages">
      <h1>{snapshot.team?.name ?? "Sandbox"}</h1>
      <Group title="Channels">
        {joined.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
      </Group>
      {others.length > 0 && (
        <Group title="Other channels" closed>
          {others.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </Group>
      )}
      <Group title="Direct messages">
        {dms.filter((channel) => !isApp(channel)).map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
        <People />
      </Group>
      <Group title="Apps">
        {dms.filter(isApp).map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
        {unopened.map((app) => (
          <PersonRow key={app.id} id={app.id} />
        ))}
      </Group>
    </nav>
  );
}

function Group({ title, closed, children }: { title: string; closed?: boolean; children: ReactNode }): ReactNode {
  return (
    <details className="group" open={!closed}>
      <summary>{title}</summary>
      <ul>{children}</ul>
    </details>
  );
}

function ChannelRow({ channel }: { channel: Channel }): ReactNode {
  const { channelId, openChannel, person, me } = useWorkspace();
  const current = channel.id === channelId;
  const other = person(channel.with ?? "");
  const classes = ["row", current ? "current" : "", channel.unread && !current ? "unread" : ""];
  return (
    <li>
      <button
        type="button"
        className={classes.join(" ").trim()}
        aria-current={current ? "page" : undefined}
        data-channel={channel.id}
        onClick={() => openChannel(channel.id)}
      >
        <span className="row-sign">
          {channel.kind === "dm" ? <Avatar person={other} small /> : <ChannelSign kind={channel.kind} />}
        </span>
        <span className="row-name">
          {other?.real_name ?? channel.name}
          {other?.id === me.id && <span className="you"> you</span>}
        </span>
        {channel.unread > 0 && !current && (
          <span className="badge" aria-label={`${channel.unread} unread`}>
            {channel.unread}
          </span>
        )}
      </button>
    </li>
  );
}

export function ChannelSign({ kind }: { kind: "public" | "private" }): ReactNode {
  if (kind === "public") return <span aria-hidden="true">#</span>;
  return (
    <svg viewBox="0 0 16 16" width="13" height="13" role="img" aria-label="private">
      <rect x="2.5" y="7" width="11" height="7.5" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5 7V4.8a3 3 0 0 1 6 0V7" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

/** Everybody who has no conversation with this person yet. */
function People(): ReactNode {
  const { snapshot, me } = useWorkspace();
  const [shown, setShown] = useState(false);
  const known = new Set(snapshot.channels.map((channel) => channel.with));
  const others = snapshot.people.filter((one) => !one.is_bot && !one.deleted && !known.has(one.id) && one.id !== me.id);
  if (others.length === 0) return null;
  return (
    <>
      {shown && others.map((one) => <PersonRow key={one.id} id={one.id} />)}
      <li>
        <button type="button" className="row quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
          <span className="row-sign" aria-hidden="true">{shown ? "−" : "+"}</span>
          <span className="row-name">{shown ? "Fewer people" : "Message someone"}</span>
        </button>
      </li>
    </>
  );
}

function PersonRow({ id }: { id: string }): ReactNode {
  const { person, openPerson } = useWorkspace();
  const one = person(id);
  return (
    <li>
      <button type="button" className="row" onClick={() => openPerson(id)}>
        <span className="row-sign">
          <Avatar person={one} small />
        </span>
        <span className="row-name">{one?.real_name}</span>
      </button>
    </li>
  );
}
