import { useState, type ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import { timeOfDay } from "../text/zone";
import type { Channel, Confirm, Person } from "../types";
import { Icon } from "./Icon";
import { MenuButton, useOpen } from "./Menu";
import { Popover } from "./Popover";
import { walkRows } from "./walking";

/** How many are in a channel, and behind that who they are and what time it is for them. */
export function People({ channel }: { channel: Channel }): ReactNode {
  const { anchor, open, toggle, close } = useOpen();
  const count = channel.members.length;
  const leave = (): void => {
    close();
    anchor.current?.focus();
  };
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
          <Members channel={channel} close={leave} />
        </Popover>
      )}
    </>
  );
}

function Members({ channel, close }: { channel: Channel; close(): void }): ReactNode {
  const { snapshot, me, person, act, openPerson } = useWorkspace();
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
          <li key={one.id} className="member">
            <button type="button" className="person-row" onClick={() => choose(one)}>
              <Avatar person={one} />
              <PersonLines of={one} />
            </button>
            {!adding && one.id !== me.id && !one.is_bot && !one.deleted && <Admin of={one} close={close} />}
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="options-note">Everybody is in this channel already.</p>}
    </div>
  );
}

/** What only an administrator can do to somebody in Slack; here anybody may, to see what the app makes of it. */
function Admin({ of, close }: { of: Person; close(): void }): ReactNode {
  const { act, agree } = useWorkspace();
  const remove = async (): Promise<void> => {
    close();
    if (await agree(deactivating(of))) await act({ do: "deactivate", user: of.id });
  };
  return (
    <MenuButton
      label={`More about ${of.real_name}`}
      icon="more"
      items={[{ label: "Deactivate account…", detail: "(demo: as an administrator)", danger: true, run: () => void remove() }]}
    />
  );
}

function deactivating({ real_name }: Person): Confirm {
  return {
    title: { type: "plain_text", text: `Deactivate ${real_name}?` },
    text: {
      type: "mrkdwn",
      text: `${real_name} can no longer sign in, and nobody here can undo it. What was written stays.\n_(demo: as an administrator)_`,
    },
    confirm: { type: "plain_text", text: "Deactivate" },
    deny: { type: "plain_text", text: "Cancel" },
    style: "danger",
  };
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
