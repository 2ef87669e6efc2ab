import { memo, useEffect, useRef, useState, type FocusEvent, type ReactNode, type RefObject } from "react";

import { Blocks, MessageText } from "../blocks/Blocks";
import { Avatar } from "../elements/Avatar";
import { SurfaceContext, useForm } from "../state/surface";
import { useDesk, useWorkspace } from "../state/workspace";
import { dayAndTime } from "../text/dates";
import { dateOfTs, named, timeOfDay } from "../text/zone";
import type { Message, Person } from "../types";
import { dismissEphemeral, isDismissed } from "./dismissing";
import { editKey, isSystem, useEdited } from "./editing";
import { Files } from "./Files";
import { MessageEditor } from "./MessageEditor";
import { MessageTools } from "./MessageTools";
import { Reactions } from "./Reactions";
import { ThreadSummary } from "./ThreadSummary";

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
  const { message, author, channel, follows, replies, pointed, inThread = false } = props;
  const { me } = useDesk();
  const row = useRef<HTMLElement>(null);
  const { near, keepOpen, watch } = useNear(row);
  const editing = useEdited(editKey(channel, message.ts, inThread));
  const [gone, setGone] = useState(message.ephemeral && isDismissed(me.id, message.ts));
  useEffect(() => {
    if (pointed) row.current?.scrollIntoView({ block: "center" });
  }, [pointed]);
  if (gone) return null;
  const at = dateOfTs(message.ts);
  const sent = timeOfDay(at, me.tz);
  const time = (
    <time className="sent-at" dateTime={at.toISOString()} title={named(at, me.tz, { dateStyle: "full", timeStyle: "medium" })}>
      {inThread ? <WithDay at={at} /> : follows ? sent.replace(/ [AP]M$/, "") : sent}
    </time>
  );
  const dismiss = (): void => {
    dismissEphemeral(me.id, message.ts);
    setGone(true);
  };
  return (
    <article
      ref={row}
      className={classesOf(props)}
      data-ts={message.ts}
      aria-label={`${author?.real_name ?? "App"}, ${sent}`}
      // Arrow keys walk from message to message: see walkMessages.
      tabIndex={-1}
      {...watch}
    >
      {message.pinned && <PinnedNote by={message.pinned_by} />}
      {message.ephemeral && (
        <p className="note">
          👁 Only visible to you{" "}
          <button type="button" className="text-button" onClick={dismiss}>
            Dismiss
          </button>
        </p>
      )}
      <div className="gutter">{follows ? time : <Avatar person={author} />}</div>
      <div className="message-main">
        {!follows && (
          <div className="byline">
            <b>{author?.real_name ?? message.user}</b>
            {(message.bot || author?.is_bot) && <span className="app-badge">APP</span>}
            {time}
          </div>
        )}
        {editing ? <MessageEditor message={message} channel={channel} back={row} /> : <Body message={message} channel={channel} />}
        {message.files && message.files.length > 0 && <Files files={message.files} />}
        {message.reactions && message.reactions.length > 0 && <Reactions message={message} channel={channel} />}
        {replies > 0 && !inThread && <ThreadSummary channel={channel} ts={message.ts} replies={replies} />}
      </div>
      {near && !editing && !message.ephemeral && (
        <MessageTools message={message} channel={channel} inThread={inThread} keepOpen={keepOpen} />
      )}
    </article>
  );
});

/** Drawn anew with every turn of the clock, which the rest of a message is not. */
function WithDay({ at }: { at: Date }): ReactNode {
  const { now, me } = useWorkspace();
  return dayAndTime(at, now, me.tz);
}

function classesOf({ message, follows, pointed }: Props): string {
  const classes = ["message"];
  if (follows) classes.push("follows");
  if (message.ephemeral) classes.push("ephemeral");
  if (message.pinned) classes.push("pinned");
  if (pointed) classes.push("pointed");
  return classes.join(" ");
}

interface Near {
  near: boolean;
  keepOpen(open: boolean): void;
  watch: Pick<React.HTMLAttributes<HTMLElement>, "onMouseEnter" | "onMouseLeave" | "onFocus" | "onBlur">;
}

/** Whether the pointer or the focus is here: only then a message has its tools. */
function useNear(row: RefObject<HTMLElement | null>): Near {
  const [over, setOver] = useState(false);
  const [focused, setFocused] = useState(false);
  const [open, keepOpen] = useState(false);
  // A button that a change of the message takes away, with the focus or the pointer on it, says
  // nothing when it goes.
  useEffect(() => {
    if (focused && !row.current?.contains(document.activeElement)) setFocused(false);
  });
  useEffect(() => {
    if (!over) return;
    const look = ({ target }: MouseEvent): void => {
      if (!row.current?.contains(target as Node)) setOver(false);
    };
    document.addEventListener("mouseover", look);
    return () => document.removeEventListener("mouseover", look);
  }, [over, row]);
  return {
    near: over || focused || open,
    keepOpen,
    watch: {
      onMouseEnter: () => setOver(true),
      onMouseLeave: () => setOver(false),
      onFocus: () => setFocused(true),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
        if (!currentTarget.contains(relatedTarget)) setFocused(false);
      },
    },
  };
}

function PinnedNote({ by }: { by: string | null }): ReactNode {
  const { me, person } = useWorkspace();
  const name = by === me.id ? "you" : person(by ?? "")?.real_name;
  return <p className="note">📌 Pinned{name && ` by ${name}`}</p>;
}

/** What Slack says of somebody whose name stands above already. */
function doneBy({ user, text, inviter }: Message): string {
  return inviter ? `was added to the channel by <@${inviter}>` : text.replace(`<@${user}> `, "");
}

const NO_BLOCKS: never[] = [];
// As in Slack: a few emoji alone are larger.
const JUMBO = /^\s*(:[a-z0-9_+'-]+:\s*){1,20}$/i;

function Body({ message, channel }: { message: Message; channel: string }): ReactNode {
  const blocks = message.blocks ?? NO_BLOCKS;
  const surface = useForm({ channel, ts: message.ts }, blocks, undefined);
  const edited = message.edited && <span className="edited"> (edited)</span>;
  if (blocks.length === 0) {
    if (!message.text) return null;
    const system = isSystem(message);
    const kind = system ? " system" : JUMBO.test(message.text) ? " jumbo" : "";
    return (
      <div className={`message-text${kind}`}>
        <MessageText text={system ? doneBy(message) : message.text} />
        {edited}
      </div>
    );
  }
  return (
    <SurfaceContext value={surface}>
      <div className="message-blocks">
        <Blocks blocks={blocks} />
        {edited}
      </div>
    </SurfaceContext>
  );
}
