import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { Detail } from "./Detail";
import { FaultSwitches } from "./FaultSwitches";
import { Lines } from "./Lines";
import { matching, useTraffic, type Filter, type Line } from "./traffic";

const WAYS: [Filter["way"], string][] = [
  ["all", "Both ways"],
  ["slack", "To the app"],
  ["app", "From the app"],
];

/** The raw traffic between Slack and the app, and the switches that disturb it. */
export function Inspector({ close }: { close(): void }): ReactNode {
  const { lines, clear } = useTraffic();
  const [filter, setFilter] = useState<Filter>({ words: "", way: "all", errors: false });
  const [frozen, setFrozen] = useState<Line[] | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const pane = useRef<HTMLElement>(null);
  const from = frozen ?? lines;
  const shown = useMemo(() => matching(from, filter), [from, filter]);
  const open = lines.find((line) => line.n === chosen) ?? from.find((line) => line.n === chosen);
  useEffect(() => {
    if (document.activeElement?.id === "inspector-button") pane.current?.focus();
  }, []);
  const leave = (): void => {
    close();
    document.getElementById("inspector-button")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    // A form that is open beside the pane is not meant.
    event.preventDefault();
    setChosen(null);
  };
  return (
    <section
      className={open ? "inspector with-call" : "inspector"}
      aria-label="Inspector"
      ref={pane}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className="inspector-head">
        <h2>Inspector</h2>
        <Filters filter={filter} change={(part) => setFilter({ ...filter, ...part })} />
        <span className="inspector-count" role="status">
          {frozen ? `Paused, ${newer(lines, frozen)} new` : ""}
        </span>
        <button type="button" className="button small" aria-pressed={frozen !== null} onClick={() => setFrozen(frozen ? null : lines)}>
          {frozen ? "Go on" : "Pause"}
        </button>
        <button
          type="button"
          className="button small"
          onClick={() => {
            clear();
            setFrozen(frozen && []);
          }}
        >
          Clear
        </button>
        <button type="button" className="close" aria-label="Close the inspector" onClick={leave}>
          ×
        </button>
      </header>
      <div className="inspector-list">
        {shown.length === 0 && (
          <p className="quiet-note">
            {from.length ? "No call matches the filter." : "Nothing yet. Type /postmortem, and what Slack and the app say to each other is listed here."}
          </p>
        )}
        <Lines lines={shown} chosen={chosen} choose={setChosen} />
      </div>
      {open && <Detail key={open.n} line={open} close={() => setChosen(null)} />}
      <FaultSwitches />
    </section>
  );
}

function newer(lines: Line[], than: Line[]): number {
  const last = than.at(-1)?.n ?? 0;
  return lines.filter((line) => line.n > last).length;
}

function Filters({ filter, change }: { filter: Filter; change(part: Partial<Filter>): void }): ReactNode {
  return (
    <div className="filters" role="group" aria-label="Filter">
      <input
        type="search"
        aria-label="Filter the calls by words"
        placeholder="Filter: a method, a person, an error"
        value={filter.words}
        onChange={(event) => change({ words: event.target.value })}
      />
      <select
        aria-label="Which way"
        value={filter.way}
        onChange={(event) => change({ way: event.target.value as Filter["way"] })}
      >
        {WAYS.map(([way, label]) => (
          <option key={way} value={way}>
            {label}
          </option>
        ))}
      </select>
      <label>
        <input type="checkbox" checked={filter.errors} onChange={(event) => change({ errors: event.target.checked })} /> Errors only
      </label>
    </div>
  );
}
