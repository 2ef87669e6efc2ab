/** Slack's date tokens: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
import { daysBetween, named, timeOfDay, wallOf } from "./zone";

function ordinal(day: number): string {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${["th", "st", "nd", "rd"][day % 10] ?? "th"}`;
}

function longDate(at: Date, zone: string, weekday: boolean): string {
  const month = named(at, zone, { month: "long" });
  const [year, , day] = wallOf(at, zone).date.split("-");
  const start = weekday ? `${named(at, zone, { weekday: "long" })}, ` : "";
  return `${start}${month} ${ordinal(Number(day))}, ${year}`;
}

function shortDate(at: Date, zone: string): string {
  const [year, , day] = wallOf(at, zone).date.split("-");
  return `${named(at, zone, { month: "short" })} ${Number(day)}, ${year}`;
}

function near(at: Date, now: Date, zone: string): string | null {
  const days = daysBetween(now, at, zone);
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  return days === -1 ? "Yesterday" : null;
}

function ago(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (seconds >= 0 && size < 60) return "just now";
  const units: [number, string][] = [
    [365 * 86_400, "year"],
    [30 * 86_400, "month"],
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
  ];
  const [length, unit] = units.find(([least]) => size >= least) ?? [1, "second"];
  const count = Math.floor(size / length);
  const spelled = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return seconds < 0 ? `in ${spelled}` : `${spelled} ago`;
}

/** Fills the placeholders of a date token in the reader's zone; null when one is unknown to Slack. */
export function fillDateTokens(pattern: string, at: Date, now: Date, zone: string, inside = false): string | null {
  const wall = wallOf(at, zone);
  const day = near(at, now, zone);
  // A pretty day stands in lower case inside a sentence, as Slack writes it.
  const pretty = (plain: string, offset: number): string =>
    day === null ? plain : inside || offset > 0 ? day.toLowerCase() : day;
  let known = true;
  const filled = pattern.replace(/\{(\w+)\}/g, (_whole, token: string, offset: number) => {
    switch (token) {
      case "date_num": return wall.date;
      case "date_slash": return wall.date.replaceAll("-", "/");
      case "date": return longDate(at, zone, false);
      case "date_long": return longDate(at, zone, true);
      case "date_long_full": return longDate(at, zone, true);
      case "date_short": return shortDate(at, zone);
      case "date_pretty": return pretty(longDate(at, zone, false), offset);
      case "date_long_pretty": return pretty(longDate(at, zone, true), offset);
      case "date_short_pretty": return pretty(shortDate(at, zone), offset);
      case "day_divider_pretty": return day ?? longDate(at, zone, true);
      case "time": return timeOfDay(at, zone);
      case "time_secs": return timeOfDay(at, zone, true);
      case "ago": return ago(at, now);
      default:
        known = false;
        return "";
    }
  });
  return known ? filled : null;
}

/** "Jun 3rd at 3:00 AM", "Yesterday at 15:04": the time of a reply, which may be long after the one before it. */
export function dayAndTime(at: Date, now: Date, zone: string): string {
  const [year = "", , day] = wallOf(at, zone).date.split("-");
  const other = wallOf(now, zone).date.startsWith(year) ? "" : `, ${year}`;
  const date = near(at, now, zone) ?? `${named(at, zone, { month: "short" })} ${ordinal(Number(day))}${other}`;
  return `${date} at ${timeOfDay(at, zone)}`;
}

export function dayDivider(at: Date, now: Date, zone: string): string {
  const day = near(at, now, zone);
  if (day) return day;
  const sameYear = wallOf(at, zone).date.slice(0, 4) === wallOf(now, zone).date.slice(0, 4);
  const long = longDate(at, zone, true);
  return sameYear ? long.replace(/, \d{4}$/, "") : long;
}
