import type { ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import type { Canvas, Channel } from "../types";
import { nameOf } from "./CanvasTab";
import { ChannelSign } from "./ChannelSign";
import { Icon } from "./Icon";

export function ChannelRow({ channel, draft }: { channel: Channel; draft: boolean }): ReactNode {
  const { channelId, openChannel, person, me } = useWorkspace();
  const current = channel.id === channelId;
  const other = person(channel.with ?? "");
  const unread = channel.unread > 0;
  const classes = ["row"];
  if (current) classes.push("current");
  if (unread) classes.push("unread");
  if (channel.archived || other?.deleted) classes.push("past");
  return (
    <li>
      <button
        type="button"
        className={classes.join(" ")}
        aria-current={current ? "page" : undefined}
        data-channel={channel.id}
        // One stop for the tabulator; the arrow keys go on from there.
        tabIndex={current ? 0 : -1}
        onClick={() => openChannel(channel.id)}
      >
        <span className="row-sign">
          {channel.kind === "dm" ? <Avatar person={other} small /> : <ChannelSign kind={channel.kind} />}
        </span>
        <span className="row-name">
          {other?.real_name ?? channel.name}
          {other?.id === me.id && <span className="you"> you</span>}
          {channel.archived && <span className="you"> archived</span>}
        </span>
        {draft && !current && (
          <span className="row-draft" role="img" aria-label="draft">
            <Icon name="pencil" />
          </span>
        )}
        {unread && <Count channel={channel} />}
      </button>
    </li>
  );
}

/** Red when somebody is asked for: in a direct message, or by name. */
function Count({ channel }: { channel: Channel }): ReactNode {
  const asked = channel.kind === "dm" ? channel.unread : channel.mentions;
  if (asked)
    return (
      <span className="badge" role="img" aria-label={channel.kind === "dm" ? `${asked} unread` : `${channel.unread} unread, ${asked} for you`}>
        {asked}
      </span>
    );
  // As in Slack, what asks nobody for anything is bold and not counted.
  return <span className="hidden">{channel.unread} unread</span>;
}

export function CanvasRow({ canvas }: { canvas: Canvas }): ReactNode {
  const { canvas: open, openCanvas } = useWorkspace();
  const current = open?.id === canvas.id;
  return (
    <li>
      <button
        type="button"
        className={current ? "row current" : "row"}
        aria-current={current ? "page" : undefined}
        tabIndex={current ? 0 : -1}
        onClick={() => openCanvas(canvas.id)}
      >
        <span className="row-sign">
          <Icon name="page" />
        </span>
        <span className="row-name">{nameOf(canvas)}</span>
      </button>
    </li>
  );
}

/** Somebody, or an app, that nothing was said to yet. */
export function PersonRow({ id }: { id: string }): ReactNode {
  const { person, openPerson } = useWorkspace();
  const one = person(id);
  return (
    <li>
      <button type="button" className="row" tabIndex={-1} onClick={() => openPerson(id)}>
        <span className="row-sign">
          <Avatar person={one} small />
        </span>
        <span className="row-name">{one?.real_name}</span>
      </button>
    </li>
  );
}
