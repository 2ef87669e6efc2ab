import type { ReactNode } from "react";

import type { Moment } from "../state/drafts";
import { useSurface } from "../state/surface";
import { useWorkspace } from "../state/workspace";
import { epochOf, wallOf } from "../text/zone";
import type { Value } from "../types";
import { findable, type ElementProps } from "./props";

/** Date and time pickers. */
export function DateInput(props: ElementProps): ReactNode {
  const { blockId, element, dispatch } = props;
  const surface = useSurface();
  const value = surface.valueOf(blockId, element);
  const isDate = element.type === "datepicker";
  const choose = (typed: string): void => {
    const held = typed || null;
    const next: Value = isDate
      ? { type: element.type, selected_date: held }
      : { type: element.type, selected_time: held };
    if (dispatch && held) void surface.click(blockId, element, next);
    else surface.change(blockId, element, next);
  };
  return (
    <input
      id={props.id}
      className="date-input"
      type={isDate ? "date" : "time"}
      value={(isDate ? value?.selected_date : value?.selected_time) ?? ""}
      onChange={(event) => choose(event.target.value)}
      data-autofocus={element.focus_on_load || undefined}
      {...props.aria}
      {...findable(props)}
    />
  );
}

const NOTHING: Moment = { date: "", time: "" };

/** A moment, typed as date and time in the person's own zone and held as epoch seconds. */
export function DateTimeInput(props: ElementProps): ReactNode {
  const { blockId, element, dispatch, id } = props;
  const surface = useSurface();
  const { me } = useWorkspace();
  const held = surface.valueOf(blockId, element)?.selected_date_time ?? null;
  // What was typed stays as it is while it says what is held: half a moment has no epoch yet, and a
  // year in the middle of being typed (0020) must not be spelled back.
  const typed = surface.momentOf(blockId, element) ?? NOTHING;
  const stored = held === null ? null : wallOf(new Date(held * 1000), me.tz);
  const wall = stored === null || epoch(typed, me.tz) === held ? typed : stored;
  const set = (part: Partial<Moment>): void => {
    const moment = { date: wall.date, time: wall.time, ...part };
    surface.keepMoment(blockId, element, moment);
    const next: Value = { type: element.type, selected_date_time: epoch(moment, me.tz) };
    if (dispatch && next.selected_date_time !== null) void surface.click(blockId, element, next);
    else surface.change(blockId, element, next);
  };
  return (
    <div className="date-time" {...findable(props)}>
      <input
        id={id}
        className="date-input"
        type="date"
        value={wall.date}
        onChange={(event) => set({ date: event.target.value })}
        data-autofocus={element.focus_on_load || undefined}
        {...props.aria}
      />
      <input
        id={`${id}-time`}
        className="date-input"
        type="time"
        value={wall.time}
        onChange={(event) => set({ time: event.target.value })}
        {...props.aria}
        aria-label={`${props.label ?? props.aria["aria-label"] ?? "Date and time"}: time`}
      />
      <span className="zone">
        {stored && stored.time !== wall.time
          ? `The clocks change: ${wall.time} does not exist that day, ${stored.time} is meant.`
          : me.tz.replaceAll("_", " ")}
      </span>
    </div>
  );
}

function epoch({ date, time }: Moment, zone: string): number | null {
  return date && time ? epochOf(date, time, zone) : null;
}
