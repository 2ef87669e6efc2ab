import { memo, useEffect, useRef, type ReactNode } from "react";

import { Blocks, MessageText } from "../blocks/Blocks";
import { Avatar } from "../elements/Avatar";
import { SurfaceContext, useForm } from "../state/surface";
import { useDesk } from "../state/workspace";
import { Emoji } from "../text/Rich";
import { dateOfTs, named, timeOfDay } from "../text/zone";
import type { Message, Person } from "../types";

interface Props {
  message: Message;
  author: Person | undefined;
  channel: string;
  /** Whether it stands under the name of the message before it. */
  follows: boolean;
  replies: number;
  /** Whether a permalink led here. */
  pointed?: boolean;
  inThread?: boolean;
}

export const MessageRow = memo(function MessageRow(props: Props): ReactNode {
  const { message, author, channel, follows, replies, pointed, inThread } = props;
  const { me, openThread, act } = useDesk();
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    if (pointed) row.current?.scrollIntoView({ block: "center" });
  }, [pointed]);
  const at = dateOfTs(message.ts);
  const sent = timeOfDay(at, me.tz);
  const time = (
    <time className="sent-at" dateTime={at.toISOString()} title={named(at, me.tz, { dateStyle: "full", timeStyle: "medium" })}>
      {follows ? sent.replace(/ [AP]M$/, "") : sent}
    </time>
  );
  const classes = ["message", follows ? "follows" : "", message.ephemeral ? "ephemeral" : "", message.pinned ? "pinned" : "", pointed ? "pointed" : ""];
  return (
    <article ref={row} className={classes.filter(Boolean).join(" ")} data-ts={message.ts} aria-label={`${author?.real_name ?? "App"}, ${sent}`}>
      {message.pinned && <p className="note">📌 Pinned</p>}
      {message.ephemeral && <p className="note">👁 Only visible to you</p>}
      <div className="gutter">{follows ? time : <Avatar person={author} />}</div>
      <div className="message-main">
        {!follows && (
          <div className="byline">
            <b>{author?.real_name ?? message.user}</b>
            {(message.bot || author?.is_bot) && <span className="app-badge">APP</span>}
            {time}
          </div>
        )}
        <Body message={message} channel={channel} />
        {message.reactions && message.reactions.length > 0 && (
          <div className="reactions">
            {message.reactions.map(({ name, count, users }) => (
              <button
                key={name}
                type="button"
                className={users.includes(me.id) ? "reaction mine" : "reaction"}
                aria-label={`${name.replaceAll("_", " ")}, ${count}`}
                disabled={users.includes(me.id)}
                onClick={() => void act({ do: "react", channel, ts: message.ts, name })}
              >
                <Emoji name={name} /> {count}
              </button>
            ))}
          </div>
        )}
        {replies > 0 && !inThread && (
          <button type="button" className="replies" onClick={() => openThread(message.ts)}>
            {replies} {replies === 1 ? "reply" : "replies"}
          </button>
        )}
      </div>
      {!inThread && !message.ephemeral && (
        <div className="message-tools">
          <button type="button" aria-label="Reply in thread" title="Reply in thread" onClick={() => openThread(message.ts)}>
            <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
              <path d="M3 4h14v9H9l-4 3.5V13H3z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
            </svg>
          </button>
        </div>
      )}
    </article>
  );
});

const NO_BLOCKS: never[] = [];

function Body({ message, channel }: { message: Message; channel: string }): ReactNode {
  const blocks = message.blocks ?? NO_BLOCKS;
  const surface = useForm({ channel, ts: message.ts }, blocks, undefined);
  const edited = message.edited && <span className="edited"> (edited)</span>;
  if (blocks.length === 0)
    return (
      <div className="message-text">
        <MessageText text={message.text} />
        {edited}
      </div>
    );
  return (
    <SurfaceContext value={surface}>
      <div className="message-blocks">
        <Blocks blocks={blocks} />
        {edited}
      </div>
    </SurfaceContext>
  );
}
