import { useState, type ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import { timeOfDay } from "../text/zone";
import type { Channel, Person } from "../types";
import { Icon } from "./Icon";
import { useOpen } from "./Menu";
import { Popover } from "./Popover";
import { walkRows } from "./walking";

/** How many are in a channel, and behind that who they are and what time it is for them. */
export function People({ channel }: { channel: Channel }): ReactNode {
  const { anchor, open, toggle, close } = useOpen();
  const count = channel.members.length;
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="head-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={`${count} ${count === 1 ? "member" : "members"}`}
        title="Members"
        onClick={toggle}
      >
        <Icon name="people" /> {count}
      </button>
      {open && (
        <Popover anchor={anchor} label="Members" width={340} tall close={close}>
          <Members channel={channel} close={close} />
        </Popover>
      )}
    </>
  );
}

function Members({ channel, close }: { channel: Channel; close(): void }): ReactNode {
  const { snapshot, person, act, openPerson } = useWorkspace();
  const [adding, setAdding] = useState(false);
  const others = snapshot.people.filter((one) => !one.deleted && !channel.members.includes(one.id));
  const shown = adding ? others : channel.members.map(person).filter((one) => one !== undefined);
  const choose = (one: Person): void => {
    if (adding) void act({ do: "invite", channel: channel.id, user: one.id });
    else {
      close();
      openPerson(one.id);
    }
  };
  return (
    <div onKeyDown={walkRows}>
      {channel.member && !channel.archived && (
        <button type="button" className="person-row plain" onClick={() => setAdding(!adding)}>
          {adding ? "← Back to the members" : "+ Add people"}
        </button>
      )}
      <ul>
        {shown.map((one) => (
          <li key={one.id}>
            <button type="button" className="person-row" onClick={() => choose(one)}>
              <Avatar person={one} />
              <PersonLines of={one} />
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="options-note">Everybody is in this channel already.</p>}
    </div>
  );
}

/** Name and title, and what time it is where this person is. */
export function PersonLines({ of }: { of: Person }): ReactNode {
  const { now, me } = useWorkspace();
  const place = (of.tz.split("/").at(-1) ?? of.tz).replaceAll("_", " ");
  return (
    <span className="person-lines">
      <b>
        {of.real_name}
        {of.id === me.id && " (you)"}
        {of.is_bot && <span className="app-badge">APP</span>}
        {of.deleted && <span className="app-badge">LEFT</span>}
      </b>
      <small>
        {of.title}
        {!of.is_bot && !of.deleted && `${of.title && " · "}${timeOfDay(now, of.tz)} in ${place}`}
      </small>
    </span>
  );
}
