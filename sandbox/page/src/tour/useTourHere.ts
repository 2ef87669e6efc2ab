import { useEffect, useState } from "react";

import { useKept } from "../state/kept";

const HERE = "tour here";

/** Whether this tab shows the tour: one tab of a workspace does so by itself, any other when it is asked to. */
export function useTourHere(any: boolean): [boolean, (shown: boolean) => void] {
  const [closed, setClosed] = useKept("tour closed");
  const [here, setHere] = useState(() => sessionStorage.getItem(HERE) !== null);
  useEffect(() => {
    if (!any) return;
    // Held until the tab goes away, whatever becomes of it.
    void navigator.locks.request(HERE, { ifAvailable: !here }, (lock) => {
      if (!lock) return undefined;
      sessionStorage.setItem(HERE, "yes");
      setHere(true);
      return new Promise(() => {});
    });
    // Once for a tab.
  }, [any]);
  const show = (shown: boolean): void => {
    setClosed(shown ? "" : "yes");
    setHere(shown || here);
  };
  return [any && here && closed === "", show];
}
