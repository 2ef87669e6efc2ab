import { useEffect, useState, type ReactNode } from "react";

import { Json } from "./Json";
import { Outcome, took } from "./Lines";
import type { Exchange, Line } from "./traffic";

type Loaded = Exchange | "gone" | null;

/** One call: what was asked and what was answered. */
export function Detail({ line, close }: { line: Line; close(): void }): ReactNode {
  const loaded = useExchange(line);
  return (
    <section className="call" aria-label={`Call: ${line.name}`}>
      <header className="panel-head">
        <h3>
          {line.name} <Outcome line={line} />
        </h3>
        <button type="button" className="close" aria-label="Close the call" onClick={close}>
          ×
        </button>
      </header>
      <p className="call-facts">
        {line.way === "app" ? "The app called Slack" : "Slack sent this to the app"}
        {line.who && ` · @${line.who}`}
        {line.status !== null && ` · HTTP ${line.status}`}
        {line.attempt > 0 && ` · attempt ${line.attempt + 1}`}
        {took(line) && ` · ${took(line)}`}
      </p>
      {loaded === "gone" && <p className="quiet-note">The sandbox no longer has this call.</p>}
      {loaded !== null && loaded !== "gone" && (
        <>
          <Half title="Request" value={loaded.request} />
          <Half title="Response" value={loaded.response} />
        </>
      )}
    </section>
  );
}

function Half({ title, value }: { title: string; value: unknown }): ReactNode {
  const [copied, setCopied] = useState("");
  const copy = (): void => {
    navigator.clipboard.writeText(JSON.stringify(value, null, 2)).then(
      () => setCopied("Copied"),
      () => setCopied("The browser forbids it"),
    );
  };
  return (
    <>
      <div className="call-half">
        <h4>{title}</h4>
        <span role="status">{copied}</span>
        <button type="button" className="button small" aria-label={`Copy the ${title.toLowerCase()} as JSON`} onClick={copy}>
          Copy
        </button>
      </div>
      {value === null ? <p className="quiet-note">None yet.</p> : <Json value={value} />}
    </>
  );
}

/** Read again when the answer has come. */
function useExchange({ n, ok, took_ms: ms }: Line): Loaded {
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    let stopped = false;
    const read = async (): Promise<void> => {
      const answer = await fetch(`/page/traffic/${n}`);
      const found = answer.ok ? ((await answer.json()) as Exchange) : "gone";
      if (!stopped) setLoaded(found);
    };
    read().catch(() => setLoaded("gone"));
    return () => {
      stopped = true;
    };
  }, [n, ok, ms]);
  return loaded;
}
