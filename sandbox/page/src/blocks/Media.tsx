import { useState, type ReactNode } from "react";

import { Link, Text } from "../text/Rich";
import type { Block, Element, TextObject } from "../types";

/** An image, or its alternative text where it cannot be loaded. */
export function ImageOf({ of, className }: { of: Element; className?: string }): ReactNode {
  const [failed, setFailed] = useState(false);
  const file = (of as unknown as Block)["slack_file"] as { url?: string } | undefined;
  const source = of.image_url ?? file?.url;
  const alt = of.alt_text ?? "";
  if (failed || !source)
    return (
      <span className={`no-image ${className ?? ""}`} role="img" aria-label={alt || "Image"} title={alt}>
        {alt || "Image"}
      </span>
    );
  return <img className={className} src={source} alt={alt} loading="lazy" onError={() => setFailed(true)} />;
}

/** https://docs.slack.dev/reference/block-kit/blocks/image-block */
export function Picture({ block }: { block: Block }): ReactNode {
  const title = block["title"] as TextObject | undefined;
  return (
    <figure className="picture">
      {title && (
        <figcaption>
          <Text of={title} />
        </figcaption>
      )}
      <ImageOf of={block as unknown as Element} />
    </figure>
  );
}

/** Slack embeds the video itself; here a picture and its links stand for it, for the page loads nothing. */
export function Video({ block }: { block: Block }): ReactNode {
  const field = (name: string): string | undefined => block[name] as string | undefined;
  const title = <Text of={block["title"] as TextObject} />;
  return (
    <div className="tile video">
      <small>{[field("provider_name"), field("author_name")].filter(Boolean).join(" · ")}</small>
      <b>{field("title_url") ? <Link href={field("title_url") ?? ""}>{title}</Link> : title}</b>
      {block["description"] ? <div><Text of={block["description"] as TextObject} /></div> : null}
      <ImageOf of={{ type: "image", image_url: field("thumbnail_url"), alt_text: field("alt_text") }} className="tile-hero" />
      <Link href={field("video_url") ?? ""}>▶ Play</Link>
    </div>
  );
}

/** https://docs.slack.dev/reference/block-kit/blocks/file-block: a remote file, which only Slack can look up. */
export function RemoteFile({ block }: { block: Block }): ReactNode {
  return (
    <div className="tile thing">
      <span aria-hidden="true">📄</span>
      <span>
        <b>Remote file</b>
        <small>{block["external_id"] as string}</small>
      </span>
    </div>
  );
}

export function Call({ block }: { block: Block }): ReactNode {
  const call = (block["call"] as { v1?: { name?: string; join_url?: string } } | undefined)?.v1;
  return (
    <div className="tile thing">
      <span aria-hidden="true">📞</span>
      <span>
        <b>{call?.name ?? "Call"}</b>
        <small>{call?.join_url ? <Link href={call.join_url}>Join</Link> : (block["call_id"] as string)}</small>
      </span>
    </div>
  );
}
