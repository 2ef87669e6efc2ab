import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import type { Channel } from "../types";
import { Suggestions, useSuggestions } from "./Suggestions";

// What was begun in a channel is still there when the person comes back to it.
const drafts = new Map<string, string>();

export function Composer({ channel, thread }: { channel: Channel; thread?: string }): ReactNode {
  const { me, act, person } = useWorkspace();
  const draft = `${me.id} ${channel.id} ${thread ?? ""}`;
  const [text, setText] = useState(drafts.get(draft) ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  const suggestions = useSuggestions(text, (next) => {
    setText(next);
    field.current?.focus();
  });
  useEffect(() => {
    drafts.set(draft, text);
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 240)}px`;
  }, [draft, text]);

  const send = async (): Promise<void> => {
    const typed = text.trim();
    if (!typed) return;
    setText("");
    const said = typed.startsWith("/")
      ? { do: "command", channel: channel.id, text: typed }
      : { do: "say", channel: channel.id, text: typed };
    const answer = await act(thread ? { ...said, thread_ts: thread } : said);
    if (!answer.ok) setText((since) => since || typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || suggestions.onKey(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    void send();
  };
  const name = person(channel.with ?? "")?.real_name ?? `#${channel.name}`;
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
          aria-controls={suggestions.shown.length ? "suggestions" : undefined}
          aria-activedescendant={suggestions.shown.length ? `suggestion-${suggestions.active}` : undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="composer-foot">
          <span className="composer-hint">{suggestions.hint ?? "Enter sends · Shift + Enter starts a new line · / lists commands"}</span>
          <button type="button" className="send" aria-label="Send" disabled={!text.trim()} onClick={() => void send()}>
            <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
              <path d="M3 3.5l14.5 6.5L3 16.5l1.8-5.4L12 10 4.8 8.9z" fill="currentColor" />
            </svg>
          </button>
        </div>
      </div>
    </div>
  );
}
