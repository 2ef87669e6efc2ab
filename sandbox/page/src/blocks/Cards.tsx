import { useId, useState, type ReactNode } from "react";

import { Standalone } from "../elements/Interactive";
import { useSurface } from "../state/surface";
import { childrenOf } from "../state/values";
import { Text } from "../text/Rich";
import type { Block, Element, TextObject } from "../types";
import { Blocks, type BlockProps } from "./Blocks";
import { ImageOf } from "./Media";
import { RichText } from "./RichText";

/** https://docs.slack.dev/reference/block-kit/blocks/card-block */
export function Card({ block, blockId }: BlockProps): ReactNode {
  const { key } = useSurface();
  const part = (name: string): TextObject | undefined => block[name] as TextObject | undefined;
  const [hero, icon] = [block["hero_image"], block["icon"]] as (Element | undefined)[];
  const actions = (block["actions"] ?? []) as Element[];
  return (
    <div className="tile" data-block-id={blockId}>
      {hero && <ImageOf of={hero} className="tile-hero" />}
      <div className="tile-head">
        {icon && <ImageOf of={icon} className="tile-icon" />}
        <div>
          {part("title") && <b className="tile-title"><Text of={part("title")} /></b>}
          {part("subtitle") && <div className="tile-subtitle"><Text of={part("subtitle")} /></div>}
        </div>
      </div>
      {part("body") && <div><Text of={part("body")} /></div>}
      {actions.length > 0 && (
        <div className="tile-actions">
          {actions.map((element, at) => (
            <Standalone key={element.action_id ?? at} element={element} blockId={blockId} surface={key} />
          ))}
        </div>
      )}
    </div>
  );
}

/** Cards side by side: https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
export function Carousel({ block, blockId }: BlockProps): ReactNode {
  return (
    <div className="tiles" role="group" aria-label="Cards, scrolls sideways" tabIndex={0}>
      {childrenOf(block).map((card, at) => (
        <Card key={at} block={card} blockId={card.block_id ?? blockId} />
      ))}
    </div>
  );
}

/** Blocks under one title: https://docs.slack.dev/reference/block-kit/blocks/container-block */
export function Container({ block }: BlockProps): ReactNode {
  const collapsible = block["is_collapsible"] === true;
  const [open, setOpen] = useState(!(collapsible && block["default_collapsed"] === true));
  const id = useId();
  const rich = block["rich_text_title"] as Block | undefined;
  const icon = block["icon"] as Element | undefined;
  const head = (
    <>
      {icon && <ImageOf of={icon} className="tile-icon" />}
      <span>
        <b className="tile-title">{rich ? <RichText block={rich} /> : <Text of={block["title"] as TextObject} />}</b>
        {block["subtitle"] ? (
          <span className="tile-subtitle"><Text of={block["subtitle"] as TextObject} /></span>
        ) : null}
      </span>
    </>
  );
  return (
    <div className={`tile container-${(block["width"] as string | undefined) ?? "standard"}`}>
      {collapsible ? (
        <button type="button" className="tile-head" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {head}
          <span className="tile-fold" aria-hidden="true">{open ? "⌃" : "⌄"}</span>
        </button>
      ) : (
        <div className={block["has_header_divider"] ? "tile-head divided" : "tile-head"}>{head}</div>
      )}
      <div id={id} hidden={!open}>
        <Blocks blocks={childrenOf(block)} />
      </div>
    </div>
  );
}
