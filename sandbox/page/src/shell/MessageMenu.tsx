import type { ReactNode, RefObject } from "react";

import { useWorkspace } from "../state/workspace";
import type { Confirm, Message } from "../types";
import { edit, editKey, isSystem } from "./editing";
import { Menu, type Item } from "./Menu";
import { announce } from "./Toasts";
import { markUnread } from "./marking";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  message: Message;
  channel: string;
  inThread: boolean;
  close(): void;
}

const SURE: Confirm = {
  title: { type: "plain_text", text: "Delete message" },
  text: { type: "plain_text", text: "Are you sure you want to delete this message? This cannot be undone." },
  confirm: { type: "plain_text", text: "Delete" },
  deny: { type: "plain_text", text: "Cancel" },
  style: "danger",
};

/** The app's message shortcuts, and what Slack itself can do with a message. */
export function MessageMenu({ anchor, message, channel, inThread, close }: Props): ReactNode {
  const { snapshot, me, act, agree } = useWorkspace();
  const { ts } = message;
  const about = (what: string): void => void act({ do: what, channel, ts });
  const remove = async (): Promise<void> => {
    if (await agree(SURE)) about("delete");
  };
  const mine = message.user === me.id && !isSystem(message);
  const items: Item[] = [];
  if (mine) items.push({ label: "Edit message", run: () => edit(editKey(channel, ts, inThread)) });
  items.push({ label: "Copy link", run: () => void copy(linkOf(channel, ts)) });
  items.push({ label: message.pinned ? "Un-pin from channel" : "Pin to channel", run: () => about("pin") });
  if (!inThread) items.push({ label: "Mark unread", run: () => void markUnread(act, channel, ts) });
  snapshot.app.shortcuts
    .filter((one) => one.type === "message")
    .forEach(({ name, callback_id }, nth) =>
      items.push({
        label: name,
        detail: snapshot.app.name,
        apart: nth === 0,
        run: () => void act({ do: "shortcut", callback_id, channel, ts }),
      }),
    );
  if (mine) items.push({ label: "Delete message…", danger: true, apart: true, run: () => void remove() });
  return <Menu anchor={anchor} label="More actions" items={items} close={close} />;
}

function linkOf(channel: string, ts: string): string {
  return `${location.origin}/archives/${channel}/p${ts.replace(".", "")}`;
}

async function copy(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    announce("The link to the message was copied.");
  } catch {
    // The browser may keep the clipboard to itself; the link is still there to be copied by hand.
    announce(`The browser let nothing be copied. The link is ${link}`);
  }
}
