/** Small settings that outlive a reload: the theme, the tour's step. */
import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab may have changed it.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function useKept(key: string, initial = ""): [string, (value: string) => void] {
  const value = useSyncExternalStore(listen, () => localStorage.getItem(key) ?? initial);
  const keep = useCallback(
    (next: string) => {
      localStorage.setItem(key, next);
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, keep];
}
