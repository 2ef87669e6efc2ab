import { useState, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import type { Channel, Confirm } from "../types";
import { Dialog } from "./Dialog";
import { markUnread } from "./marking";
import { MenuButton, type Item } from "./Menu";

/** What can be done with a whole channel. */
export function ChannelMenu({ channel }: { channel: Channel }): ReactNode {
  const { act, agree } = useWorkspace();
  const [naming, setNaming] = useState(false);
  const { id, latest } = channel;
  const sure = async (what: string, confirm: Confirm): Promise<void> => {
    if (await agree(confirm)) await act({ do: what, channel: id });
  };
  const items: Item[] = [];
  if (latest) items.push({ label: "Mark unread", run: () => void markUnread(act, id, latest) });
  if (channel.kind !== "dm" && channel.member && !channel.archived) {
    items.push({ label: "Edit topic", run: () => setNaming(true) });
    items.push({ label: "Leave channel", apart: true, run: () => void sure("leave", leaving(channel)) });
    items.push({ label: "Archive channel", danger: true, run: () => void sure("archive", archiving(channel)) });
  }
  if (items.length === 0) return null;
  return (
    <>
      <MenuButton label="Channel actions" icon="more" className="head-button" items={items} />
      {naming && <Topic channel={channel} close={() => setNaming(false)} />}
    </>
  );
}

function Topic({ channel, close }: { channel: Channel; close(): void }): ReactNode {
  const { act } = useWorkspace();
  const [text, setText] = useState(channel.topic);
  const keep = async (): Promise<void> => {
    if ((await act({ do: "topic", channel: channel.id, text: text.trim() })).ok) close();
  };
  return (
    <Dialog title="Edit topic" submit="Save" close={close} onSubmit={() => void keep()}>
      <label className="label" htmlFor="topic">
        What this channel is about now
      </label>
      <input id="topic" className="search" maxLength={250} value={text} onChange={(event) => setText(event.target.value)} />
    </Dialog>
  );
}

function leaving({ name, kind }: Channel): Confirm {
  const back = kind === "private" ? "Somebody in it must invite you to come back." : "You can join it again at any time.";
  return asked(`Leave #${name}?`, back, "Leave channel");
}

function archiving({ name }: Channel): Confirm {
  return asked(`Archive #${name}?`, "Nobody can write there any more; what was said can still be read.", "Archive channel");
}

function asked(title: string, text: string, yes: string): Confirm {
  return {
    title: { type: "plain_text", text: title },
    text: { type: "plain_text", text },
    confirm: { type: "plain_text", text: yes },
    deny: { type: "plain_text", text: "Cancel" },
    style: "danger",
  };
}
