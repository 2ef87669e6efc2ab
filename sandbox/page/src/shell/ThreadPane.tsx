import { useEffect, type KeyboardEvent, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { ChannelName } from "./ChannelSign";
import { isReadOnly } from "./ChannelView";
import { Composer } from "./Composer";
import { MessageRow } from "./MessageRow";
import { Slackbot } from "./Slackbot";
import { walkMessages } from "./walking";

export function ThreadPane({ channel: id, ts }: { channel: string; ts: string }): ReactNode {
  const { snapshot, channel: find, person, openThread } = useWorkspace();
  const channel = find(id);
  const thread = (snapshot.messages[id] ?? []).filter((message) => message.ts === ts || message.thread_ts === ts);
  const [parent, ...replies] = thread;
  const counted = replies.filter((message) => !message.ephemeral).length;
  useFocusBack(ts);
  if (!channel) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "Escape" && !event.defaultPrevented) openThread(null);
    else walkMessages(event);
  };
  const rows = (messages: typeof thread): ReactNode =>
    messages.map((message) => (
      <MessageRow
        key={message.ts}
        message={message}
        author={person(message.user)}
        channel={id}
        follows={false}
        replies={0}
        inThread
      />
    ));
  const writable = (channel.member || channel.kind === "dm") && !channel.archived && !isReadOnly(channel, snapshot);
  return (
    <aside className="thread" aria-label="Thread" onKeyDown={onKeyDown}>
      <header className="channel-head">
        <h2>Thread</h2>
        <p className="topic">{channel.kind === "dm" ? person(channel.with ?? "")?.real_name : <ChannelName channel={channel} />}</p>
        <button type="button" className="close" aria-label="Close the thread" onClick={() => openThread(null)}>
          ×
        </button>
      </header>
      <div className="messages" tabIndex={0} role="region" aria-label="Thread messages">
        <div className="message-column">
          {parent ? rows([parent]) : <p className="empty-note">The first message of this thread is not here any more.</p>}
          {counted > 0 && (
            <p className="reply-count">
              {counted} {counted === 1 ? "reply" : "replies"}
            </p>
          )}
          {rows(replies)}
          <Slackbot place={ts} />
        </div>
      </div>
      {writable && <Composer key={ts} channel={channel} thread={ts} />}
    </aside>
  );
}

/** Opening a thread goes to its composer, or to what was said where there is none; closing it goes back to where it was opened from. */
function useFocusBack(ts: string): void {
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const row = before?.closest<HTMLElement>("article");
    const pane = document.querySelector(".thread");
    (pane?.querySelector("textarea") ?? pane?.querySelector<HTMLElement>(".messages"))?.focus();
    return () => {
      if (document.activeElement !== document.body) return;
      if (before?.isConnected) before.focus();
      else (row ?? document.querySelector<HTMLElement>(`.channel [data-ts="${ts}"]`))?.focus();
    };
  }, [ts]);
}
