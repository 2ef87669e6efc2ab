/** Wall-clock times in a person's zone. */

const MINUTE = 60_000;

export interface Wall {
  date: string; // 2026-11-24
  time: string; // 09:30
  seconds: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options });
  formats.set(key, made);
  return made;
}

export function wallOf(at: Date, zone: string): Wall {
  const parts: Record<string, string> = {};
  const spelled = format(zone, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  for (const part of spelled) parts[part.type] = part.value;
  return {
    date: `${(parts["year"] ?? "").padStart(4, "0")}-${parts["month"]}-${parts["day"]}`,
    time: `${parts["hour"]}:${parts["minute"]}`,
    seconds: parts["second"] ?? "00",
  };
}

/**
 * The epoch seconds of a wall-clock time in a zone. A time that a clock change leaves out moves
 * forward by the gap, and one that comes twice is its first occurrence, as in Slack's own picker.
 */
export function epochOf(date: string, time: string, zone: string): number {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const offsets = [-24, 24].map((hours) => offsetAt(asUtc + hours * 60 * MINUTE, zone));
  const wanted = `${date} ${time}`;
  const candidates = offsets.map((offset) => asUtc - offset).sort((a, b) => a - b);
  const exact = candidates.find((at) => {
    const wall = wallOf(new Date(at), zone);
    return `${wall.date} ${wall.time}` === wanted;
  });
  return (exact ?? Math.max(...candidates)) / 1000;
}

function offsetAt(at: number, zone: string): number {
  const wall = wallOf(new Date(at), zone);
  return Date.parse(`${wall.date}T${wall.time}:${wall.seconds}Z`) - Math.floor(at / 1000) * 1000;
}

export function named(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  return format(zone, options).format(at);
}

// Slack follows the reader's habit (14:03 or 2:03 PM), and so do the browser's own time fields.
const HALF_DAYS = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 === true;

export function timeOfDay(at: Date, zone: string, withSeconds = false): string {
  const { time, seconds } = wallOf(at, zone);
  const [hour = "0", minute = "00"] = time.split(":");
  const tail = withSeconds ? `:${minute}:${seconds}` : `:${minute}`;
  if (!HALF_DAYS) return `${hour}${tail}`;
  return `${Number(hour) % 12 || 12}${tail} ${Number(hour) < 12 ? "AM" : "PM"}`;
}

export function daysBetween(from: Date, to: Date, zone: string): number {
  const [a, b] = [from, to].map((at) => Date.parse(`${wallOf(at, zone).date}T00:00:00Z`));
  return Math.round(((b ?? 0) - (a ?? 0)) / (24 * 60 * MINUTE));
}

export function dateOfTs(ts: string): Date {
  return new Date(Number(ts) * 1000);
}
