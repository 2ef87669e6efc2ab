/** Times as the clock's lists spell them: "Tue 1 Dec 09:30 Lisbon". */
import { named, wallOf } from "../text/zone";
import type { Due } from "../types";

export function city(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** "18:30 Tokyo" */
export function localTime(at: Date, zone: string): string {
  return `${wallOf(at, zone).time} ${city(zone)}`;
}

/** "Tue 1 Dec", with the year where it is another one than now's. */
export function shortDay(at: Date, zone: string, now: Date): string {
  const [year = "", , day] = wallOf(at, zone).date.split("-");
  const other = wallOf(now, zone).date.startsWith(year) ? "" : ` ${year}`;
  return `${named(at, zone, { weekday: "short" })} ${Number(day)} ${named(at, zone, { month: "short" })}${other}`;
}

export function moment(at: Date, zone: string, now: Date): string {
  return `${shortDay(at, zone, now)} ${localTime(at, zone)}`;
}

export function lineOf(due: Due, now: Date): string {
  return `${moment(new Date(due.at), due.zone, now)}: ${due.what}`;
}
