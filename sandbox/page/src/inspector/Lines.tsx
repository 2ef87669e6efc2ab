import { memo, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { wallOf } from "../text/zone";
import { isTrouble, type Line } from "./traffic";

interface Props {
  lines: Line[];
  chosen: number | null;
  choose(n: number): void;
}

/** The height of a row, as in the style sheet. */
const ROW = 26;
/** Of a thousand rows only those around the visible ones are drawn, and anew only every so many rows. */
const DRAWN = 90;
const STRIDE = 20;
const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -1e9, End: 1e9 };

/** The calls, newest last. The list follows what comes unless somebody scrolled up to read. */
export function Lines({ lines, chosen, choose }: Props): ReactNode {
  const { tz } = useWorkspace().me;
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [scrolled, setScrolled] = useState(0);
  // A filter may have left fewer lines than were scrolled past.
  const first = Math.max(0, Math.min(scrolled, lines.length - DRAWN));
  const at = lines.findIndex((line) => line.n === chosen);
  const shown = lines.slice(first, first + DRAWN);
  useLayoutEffect(() => {
    const box = list.current;
    if (box && atEnd.current) box.scrollTop = lines.length * ROW;
  }, [lines]);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box || at < 0) return;
    const room = box.clientHeight - ROW;
    box.scrollTop = Math.min(Math.max(box.scrollTop, at * ROW - room), at * ROW);
    // Where it stands changes with every line that comes: only the choice itself is followed.
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined || lines.length === 0) return;
    event.preventDefault();
    const from = at < 0 ? (step > 0 ? -1 : lines.length) : at;
    const to = lines[Math.max(0, Math.min(lines.length - 1, from + step))];
    if (to) choose(to.n);
  };
  return (
    <div
      className="lines"
      ref={list}
      role="listbox"
      aria-label="Calls, newest last"
      tabIndex={0}
      aria-activedescendant={shown.some((line) => line.n === chosen) ? `call-${chosen}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 2 * ROW;
        setScrolled(Math.max(0, Math.floor(scrollTop / ROW / STRIDE) * STRIDE - STRIDE));
      }}
    >
      <div role="presentation" style={{ height: lines.length * ROW, paddingTop: first * ROW }}>
        {shown.map((line, place) => (
          <Row
            key={line.n}
            line={line}
            place={first + place + 1}
            of={lines.length}
            chosen={line.n === chosen}
            choose={choose}
            zone={tz}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  line: Line;
  /** Which row of how many it is: the others are not all in the document. */
  place: number;
  of: number;
  chosen: boolean;
  zone: string;
  choose(n: number): void;
}

const Row = memo(function Row({ line, place, of, chosen, zone, choose }: RowProps): ReactNode {
  const { time, seconds } = wallOf(new Date(line.at), zone);
  const toApp = line.way === "slack";
  return (
    <div
      id={`call-${line.n}`}
      role="option"
      aria-selected={chosen}
      aria-posinset={place}
      aria-setsize={of}
      className={isTrouble(line) ? "line trouble" : "line"}
      onClick={() => choose(line.n)}
    >
      <span className="line-time">
        {time}:{seconds}
      </span>
      <span className={toApp ? "line-way to-app" : "line-way"}>
        <span aria-hidden="true">{toApp ? "→ app" : "← app"}</span>
        <span className="hidden">{toApp ? "to the app" : "from the app"}</span>
      </span>
      <span className="line-name">
        {line.name}
        {line.attempt > 0 && <span className="line-attempt"> attempt {line.attempt + 1}</span>}
        <Outcome line={line} />
      </span>
      <span className="line-who">{line.who && `@${line.who}`}</span>
      <span className="line-took">{took(line)}</span>
    </div>
  );
});

export function Outcome({ line }: { line: Line }): ReactNode {
  return (
    <>
      {line.error && <code className="line-error">{line.error}</code>}
      {line.note && <span className="line-note">{line.note}</span>}
    </>
  );
}

export function took({ ok, took_ms: ms, note }: Line): string {
  if (ms === null) return ok === null && !note ? "waiting" : "";
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
