import { permalink } from "../state/address";
import { useDesk } from "../state/workspace";

/** Opens what a button links to: a message of this workspace here, anything else in a new tab. */
export function useLink(): (href: string) => void {
  const { openPermalink } = useDesk();
  return (href) => {
    const here = permalink(href);
    if (here) openPermalink(here);
    else if (/^(https?:|mailto:|\/)/i.test(href)) window.open(href, "_blank", "noopener");
  };
}
