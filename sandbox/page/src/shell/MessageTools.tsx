import type { ReactNode, RefObject } from "react";

import { useDesk } from "../state/workspace";
import { Emoji } from "../text/Rich";
import type { Message } from "../types";
import { EmojiPicker } from "./EmojiPicker";
import { Icon, type IconName } from "./Icon";
import { useOpen } from "./Menu";
import { MessageMenu } from "./MessageMenu";

const QUICK = ["white_check_mark", "eyes", "raised_hands"];

interface Props {
  message: Message;
  channel: string;
  inThread: boolean;
  /** Keeps the tools there while something of theirs is open, wherever the pointer goes. */
  keepOpen(open: boolean): void;
}

export function MessageTools({ message, channel, inThread, keepOpen }: Props): ReactNode {
  const { act, openThread } = useDesk();
  const picker = useOpen();
  const menu = useOpen();
  const react = (name: string): void => void act({ do: "react", channel, ts: message.ts, name });
  const behind = (opening: typeof menu): { toggle(): void; close(): void } => ({
    toggle: () => {
      keepOpen(!opening.open);
      opening.toggle();
    },
    close: () => {
      keepOpen(false);
      opening.close();
    },
  });
  return (
    <div className="message-tools" role="group" aria-label="Message actions">
      {QUICK.map((name) => (
        <button key={name} type="button" title={`React with :${name}:`} aria-label={`React with ${name.replaceAll("_", " ")}`} onClick={() => react(name)}>
          <Emoji name={name} />
        </button>
      ))}
      <Tool label="Add reaction" icon="smile" anchor={picker.anchor} popup="dialog" open={picker.open} run={behind(picker).toggle} />
      {!inThread && <Tool label="Reply in thread" icon="reply" run={() => openThread(message.thread_ts ?? message.ts)} />}
      <Tool label="More actions" icon="more" anchor={menu.anchor} popup="menu" open={menu.open} run={behind(menu).toggle} />
      {picker.open && <EmojiPicker anchor={picker.anchor} choose={react} close={behind(picker).close} />}
      {menu.open && <MessageMenu anchor={menu.anchor} message={message} channel={channel} inThread={inThread} close={behind(menu).close} />}
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: IconName;
  anchor?: RefObject<HTMLButtonElement | null>;
  popup?: "menu" | "dialog";
  open?: boolean;
  run(): void;
}

export function Tool({ label, icon, anchor, popup, open, run }: ToolProps): ReactNode {
  return (
    <button
      ref={anchor}
      type="button"
      className="tool"
      aria-label={label}
      title={label}
      aria-haspopup={popup}
      aria-expanded={popup && open}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  );
}
