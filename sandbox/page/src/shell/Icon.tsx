import type { ReactNode } from "react";

const PATHS = {
  smile: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM6.5 11.5a3.6 3.6 0 0 0 7 0M7.4 8v.1M12.6 8v.1",
  reply: "M3 4h14v9H9l-4 3.5V13H3z",
  more: "M4.5 10h.1M10 10h.1M15.5 10h.1",
  plus: "M10 4v12M4 10h12",
  bolt: "M11.5 2.5L4.5 11.5h5l-1 6 7-9h-5z",
  pin: "M7 3h6l-.6 5 2.6 3H5l2.6-3zM10 11v6",
  people: "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c.3-3 2.4-4.6 5.5-4.6s5.2 1.6 5.5 4.6M12.5 3.7a3 3 0 0 1 0 5.6M15 12.3c1.8.6 2.8 2 3 4.2",
  pencil: "M3.5 16.5l.8-3.6L13.5 3.7l2.8 2.8-9.2 9.2z",
  page: "M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5",
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a word, or inside a button that has a label. */
export function Icon({ name }: { name: IconName }): ReactNode {
  return (
    <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === "more" ? 2.4 : 1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
