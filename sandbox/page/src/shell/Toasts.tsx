import { useCallback, useEffect, useState, type ReactNode } from "react";

const SHOWN_MS = 9_000;
const NEWS = "closedloop-news";

export interface Toast {
  id: number;
  text: string;
}

interface Props {
  toasts: Toast[];
  notice: string | null;
  connected: boolean;
  dismiss(id: number): void;
}

/** Tells what the page itself did: a link copied, for instance. */
export function announce(text: string): void {
  window.dispatchEvent(new CustomEvent(NEWS, { detail: text }));
}

/** What Slack says in passing: refused acts, notices, a lost connection. */
export function Toasts({ toasts, notice, connected, dismiss }: Props): ReactNode {
  const [read, setRead] = useState<string | null>(null);
  const [news, setNews] = useState<Toast | null>(null);
  const forget = useCallback(() => setNews(null), []);
  useEffect(() => {
    const hear = (event: Event): void => setNews({ id: Date.now(), text: (event as CustomEvent<string>).detail });
    window.addEventListener(NEWS, hear);
    return () => window.removeEventListener(NEWS, hear);
  }, []);
  if (notice === null && read !== null) setRead(null);
  return (
    <div className="toasts" role="alert" aria-live="assertive">
      {!connected && <div className="toast">The connection to the sandbox was lost. Trying again…</div>}
      {notice && notice !== read && <Line text={notice} dismiss={() => setRead(notice)} />}
      {toasts.map((toast) => (
        <Line key={toast.id} text={toast.text} dismiss={() => dismiss(toast.id)} brief />
      ))}
      {news && <Line key={news.id} text={news.text} dismiss={forget} brief />}
    </div>
  );
}

function Line({ text, dismiss, brief }: { text: string; dismiss(): void; brief?: boolean }): ReactNode {
  useEffect(() => {
    if (!brief) return;
    const timer = window.setTimeout(dismiss, SHOWN_MS);
    return () => window.clearTimeout(timer);
    // The timer belongs to the toast, not to the function that dismisses it.
  }, [brief, text]);
  return (
    <div className="toast">
      <span>{text}</span>
      <button type="button" aria-label="Dismiss" onClick={dismiss}>
        ×
      </button>
    </div>
  );
}
