import { useEffect } from "react";

import { useKept } from "./kept";

const DARK = matchMedia("(prefers-color-scheme: dark)");
const THEMES = ["system", "light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

function show(theme: Theme): void {
  const system = DARK.matches ? "dark" : "light";
  document.documentElement.dataset["theme"] = theme === "system" ? system : theme;
}

function known(name: string | null): Theme {
  return THEMES.find((theme) => theme === name) ?? "system";
}

// Before anything is drawn, so that nothing flashes.
show(known(localStorage.getItem("theme")));

/** The chosen theme, the one that comes after it, and a way to choose. */
export function useTheme(): [Theme, Theme, (theme: Theme) => void] {
  const [kept, keep] = useKept("theme");
  const theme = known(kept);
  useEffect(() => {
    const follow = (): void => show(theme);
    follow();
    DARK.addEventListener("change", follow);
    return () => DARK.removeEventListener("change", follow);
  }, [theme]);
  return [theme, THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system", keep];
}
