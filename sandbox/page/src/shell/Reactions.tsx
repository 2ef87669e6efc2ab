import type { ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { Emoji } from "../text/Rich";
import type { Message, Reaction } from "../types";
import { EmojiPicker } from "./EmojiPicker";
import { Icon } from "./Icon";
import { useOpen } from "./Menu";

export function Reactions({ message, channel }: { message: Message; channel: string }): ReactNode {
  const { me, act, person } = useWorkspace();
  const { anchor, open, toggle, close } = useOpen();
  const react = (name: string): void => void act({ do: "react", channel, ts: message.ts, name });
  const who = ({ users }: Reaction): string =>
    users.map((id) => (id === me.id ? "You" : (person(id)?.real_name ?? id))).join(", ");
  return (
    <div className="reactions">
      {(message.reactions ?? []).map((reaction) => (
        <button
          key={reaction.name}
          type="button"
          className={reaction.users.includes(me.id) ? "reaction mine" : "reaction"}
          aria-label={`${reaction.name.replaceAll("_", " ")}, ${reaction.count}: ${who(reaction)}`}
          aria-pressed={reaction.users.includes(me.id)}
          title={`${who(reaction)} reacted with :${reaction.name}:`}
          onClick={() => react(reaction.name)}
        >
          <Emoji name={reaction.name} /> {reaction.count}
        </button>
      ))}
      <button
        ref={anchor}
        type="button"
        className="reaction add"
        aria-label="Add another reaction"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={toggle}
      >
        <Icon name="smile" />
      </button>
      {open && <EmojiPicker anchor={anchor} choose={react} close={close} />}
    </div>
  );
}
