import type { ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { decode } from "../text/mrkdwn";
import { dateOfTs, named } from "../text/zone";
import type { Channel, Message } from "../types";
import { asTyped } from "./editing";
import { Icon } from "./Icon";
import { useOpen } from "./Menu";
import { Popover } from "./Popover";
import { walkRows } from "./walking";

const LONGEST = 160;

export function Pins({ channel }: { channel: Channel }): ReactNode {
  const workspace = useWorkspace();
  const { anchor, open, toggle, close } = useOpen();
  const { snapshot, person, openPermalink, me } = workspace;
  const pinned = (snapshot.messages[channel.id] ?? []).filter((message) => message.pinned);
  if (pinned.length === 0) return null;
  const go = ({ ts }: Message): void => {
    close();
    openPermalink({ channel: channel.id, ts });
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="head-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={`${pinned.length} pinned`}
        title="Pinned messages"
        onClick={toggle}
      >
        <Icon name="pin" /> {pinned.length}
      </button>
      {open && (
        <Popover anchor={anchor} label="Pinned messages" width={340} tall close={close}>
          <ul onKeyDown={walkRows}>
            {pinned.map((message) => (
              <li key={message.ts}>
                <button type="button" className="person-row" onClick={() => go(message)}>
                  <span className="person-lines">
                    <b>{person(message.user)?.real_name ?? snapshot.app.name}</b>
                    <small>{named(dateOfTs(message.ts), me.tz, { day: "numeric", month: "short", year: "numeric" })}</small>
                    <span>{decode(asTyped(message.text, workspace)).slice(0, LONGEST)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </>
  );
}
