import type { ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { Composer } from "./Composer";
import { MessageRow } from "./MessageRow";

export function ThreadPane({ channel: id, ts }: { channel: string; ts: string }): ReactNode {
  const { snapshot, channel: find, person, openThread } = useWorkspace();
  const channel = find(id);
  const thread = (snapshot.messages[id] ?? []).filter((message) => message.ts === ts || message.thread_ts === ts);
  if (!channel) return null;
  return (
    <aside className="thread" aria-label="Thread">
      <header className="channel-head">
        <h2>Thread</h2>
        <p className="topic">{channel.kind === "dm" ? channel.name : `#${channel.name}`}</p>
        <button type="button" className="close" aria-label="Close the thread" onClick={() => openThread(null)}>
          ×
        </button>
      </header>
      <div className="messages" tabIndex={0} role="region" aria-label="Thread messages">
        <div className="message-column">
          {thread.map((message) => (
            <MessageRow
              key={message.ts}
              message={message}
              author={person(message.user)}
              channel={id}
              follows={false}
              replies={0}
              inThread
            />
          ))}
        </div>
      </div>
      {channel.member || channel.kind === "dm" ? <Composer channel={channel} thread={ts} /> : null}
    </aside>
  );
}
