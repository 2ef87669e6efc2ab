import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import type { Channel } from "../types";
import { AttachButton, Attached, encoded, useAttachments } from "./Attachments";
import { draftKey, draftOf, setDraft, takeOffer, useDraft, useOffered } from "./drafts";
import { edit, editKey } from "./editing";
import { EmojiPicker } from "./EmojiPicker";
import { MenuButton, useOpen } from "./Menu";
import { Tool } from "./MessageTools";
import { isSlackbots, slackbotSays } from "./Slackbot";
import { Suggestions, useSuggestions } from "./Suggestions";

/** A telephone's keyboard stays down until it is asked for. */
const HAS_KEYS = matchMedia("(hover: hover) and (min-width: 701px)");

export function Composer({ channel, thread }: { channel: Channel; thread?: string }): ReactNode {
  const { snapshot, act, person, me } = useWorkspace();
  const field = useRef<HTMLTextAreaElement>(null);
  const attachments = useAttachments(field);
  const { text, caret, setCaret, change, insert, send, sending } = useWriting(channel, thread, field, attachments);
  const suggestions = useSuggestions(text.slice(0, caret), (head) => change(head + text.slice(caret), head.length));
  const picker = useOpen();
  const editLast = useEditLast(channel.id, thread);
  useReady(field, draftKey(me.id, channel.id, thread), setCaret);
  const shortcuts = snapshot.app.shortcuts.filter((one) => one.type === "global");
  const listed = suggestions.shown.length > 0;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || suggestions.onKey(event)) return;
    if (event.key === "ArrowUp" && !text && editLast()) event.preventDefault();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    void send();
  };
  const name = person(channel.with ?? "")?.real_name ?? `${channel.kind === "private" ? "🔒" : "#"}${channel.name}`;
  const invitation = thread ? "Reply…" : `Message ${name}`;
  return (
    <div className="composer">
      <Suggestions of={suggestions} />
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={invitation}
          aria-label={thread ? "Reply in thread" : invitation}
          aria-autocomplete="list"
          aria-controls={listed ? suggestions.id : undefined}
          aria-activedescendant={listed ? `${suggestions.id}-${suggestions.active}` : undefined}
          onChange={(event) => change(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <Attached of={attachments} />
        <div className="composer-foot">
          <AttachButton of={attachments} />
          <Tool label="Emoji" icon="smile" anchor={picker.anchor} popup="dialog" open={picker.open} run={picker.toggle} />
          {shortcuts.length > 0 && (
            <MenuButton
              label="Shortcuts"
              icon="bolt"
              items={shortcuts.map(({ name: label, callback_id, description }) => ({
                label,
                detail: description,
                run: () => void act({ do: "shortcut", callback_id }),
              }))}
            />
          )}
          <span className={suggestions.hint ? "composer-hint usage" : "composer-hint"}>{suggestions.hint ?? "Enter sends · Shift + Enter starts a new line · / lists commands"}</span>
          <button
            type="button"
            className="send"
            aria-label="Send"
            disabled={sending || (!text.trim() && attachments.files.length === 0)}
            onClick={() => void send()}
          >
            <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
              <path d="M3 3.5l14.5 6.5L3 16.5l1.8-5.4L12 10 4.8 8.9z" fill="currentColor" />
            </svg>
          </button>
        </div>
      </div>
      {picker.open && <EmojiPicker anchor={picker.anchor} close={picker.close} choose={(emoji) => insert(`:${emoji}: `)} />}
    </div>
  );
}

interface Writing {
  text: string;
  caret: number;
  sending: boolean;
  setCaret(at: number): void;
  change(text: string, caret: number): void;
  /** Puts something in where the caret is. */
  insert(piece: string): void;
  send(): Promise<void>;
}

type Field = React.RefObject<HTMLTextAreaElement | null>;

function useWriting(channel: Channel, thread: string | undefined, field: Field, attachments: ReturnType<typeof useAttachments>): Writing {
  const { me, act } = useWorkspace();
  const draft = draftKey(me.id, channel.id, thread);
  const text = useDraft(draft);
  const [caretAt, setCaret] = useState(text.length);
  const [sending, setSending] = useState(false);
  const wanted = useRef<number | null>(null);
  const caret = Math.min(caretAt, text.length);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 240)}px`;
    if (wanted.current === null) return;
    area.focus();
    area.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [field, text]);
  const put = (next: string, at: number): void => {
    if (field.current?.value !== next) wanted.current = at;
    setCaret(at);
    setDraft(draft, next);
  };
  const place = { channel: channel.id, ...(thread ? { thread_ts: thread } : {}) };
  const say = async (typed: string): Promise<boolean> => {
    const answer = await act({ do: typed.startsWith("/") ? "command" : "say", ...place, text: typed });
    slackbotSays(me.id, thread ?? channel.id, isSlackbots(answer.error) ? answer.error : undefined);
    return answer.ok;
  };
  const share = async (typed: string): Promise<boolean> => {
    for (const [nth, file] of attachments.files.entries()) {
      const { ok } = await act({ do: "upload", ...place, ...(await encoded(file)), ...(nth === 0 && typed ? { text: typed } : {}) });
      if (!ok) {
        attachments.drop(nth);
        return nth > 0;
      }
    }
    attachments.drop(attachments.files.length);
    return true;
  };
  return {
    text,
    caret,
    sending,
    setCaret,
    change: put,
    insert: (piece) => put(text.slice(0, caret) + piece + text.slice(caret), caret + piece.length),
    send: async () => {
      const typed = text.trim();
      if (sending || (!typed && attachments.files.length === 0)) return;
      setDraft(draft, "");
      const files = attachments.files.length > 0 && !typed.startsWith("/");
      // Messages may be sent faster than they are answered; a file is sent once.
      setSending(files);
      const sent = await (files ? share(typed) : say(typed));
      setSending(false);
      if (!sent) setDraft(draft, draftOf(draft) || typed);
    },
  };
}

/** As in Slack, one can type at once in a channel that was chosen, or what the tour wrote can be sent at once. */
function useReady(field: Field, draft: string, setCaret: (at: number) => void): void {
  const offered = useOffered(draft);
  useEffect(() => {
    const at = document.activeElement;
    const chosen = at === document.body || at?.closest(".sidebar");
    if (chosen && HAS_KEYS.matches) field.current?.focus();
  }, [field]);
  useEffect(() => {
    const area = field.current;
    if (!offered || !area) return;
    takeOffer();
    if (HAS_KEYS.matches) area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    setCaret(area.value.length);
  }, [field, offered, setCaret]);
}

/** Opens the newest own message of this place for editing; false when there is none. */
function useEditLast(channel: string, thread: string | undefined): () => boolean {
  const { snapshot, me } = useWorkspace();
  return () => {
    const mine = (snapshot.messages[channel] ?? []).findLast(
      (one) => one.user === me.id && !one.ephemeral && (thread ? one.thread_ts === thread : !one.thread_ts || one.thread_ts === one.ts),
    );
    if (mine) edit(editKey(channel, mine.ts, thread !== undefined));
    return mine !== undefined;
  };
}
