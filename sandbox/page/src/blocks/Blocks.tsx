import { Fragment, type ReactNode } from "react";

import { Interactive, Standalone } from "../elements/Interactive";
import { useSurface } from "../state/surface";
import { Mrkdwn, Text } from "../text/Rich";
import type { Block, Element, TextObject } from "../types";
import { DataTable } from "./DataTable";
import { FromLibrary } from "./FromLibrary";
import { InputBlock } from "./InputBlock";
import { Unknown } from "./Unknown";

interface BlockProps {
  block: Block;
  blockId: string;
}

const OURS: Record<string, (props: BlockProps) => ReactNode> = {
  section: Section,
  header: Header,
  context: Context,
  divider: () => <hr />,
  image: Picture,
  actions: Actions,
  input: InputBlock,
  data_table: DataTable,
};

const LIBRARY = new Set([
  "rich_text",
  "markdown",
  "table",
  "data_visualization",
  "plan",
  "task_card",
  "alert",
  "card",
  "carousel",
  "container",
  "video",
  "file",
]);

export function Blocks({ blocks }: { blocks: Block[] }): ReactNode {
  return blocks.map((block, at) => {
    const blockId = block.block_id ?? `block-${at}`;
    const Ours = OURS[block.type];
    return (
      <div key={`${blockId}-${block.type}`} className={`block ${block.type}`} data-block-id={blockId}>
        {Ours ? (
          <Ours block={block} blockId={blockId} />
        ) : LIBRARY.has(block.type) ? (
          <FromLibrary block={block} />
        ) : (
          <Unknown of={block} />
        )}
      </div>
    );
  });
}

function Section({ block, blockId }: BlockProps): ReactNode {
  const { key } = useSurface();
  const accessory = block.accessory;
  return (
    <>
      <div className="section-text">
        {block.text && <Text of={block.text} />}
        {block.fields && (
          <div className="fields">
            {block.fields.map((field, at) => (
              <div key={at}>
                <Text of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div className={accessory.type === "image" ? "accessory picture" : "accessory"}>
          {accessory.type === "image" ? (
            <img src={accessory.image_url} alt={accessory.alt_text ?? ""} />
          ) : (
            <Standalone element={accessory} blockId={blockId} surface={key} />
          )}
        </div>
      )}
    </>
  );
}

function Header({ block }: BlockProps): ReactNode {
  return (
    <div role="heading" aria-level={3} className="header-text">
      <Text of={block.text} />
    </div>
  );
}

function Context({ block }: BlockProps): ReactNode {
  return (block.elements ?? []).map((element, at) => (
    <span key={at} className="context-item">
      {element.type === "image" ? (
        <img src={element.image_url} alt={element.alt_text ?? ""} />
      ) : (
        <Text of={element as unknown as TextObject} />
      )}
    </span>
  ));
}

function Picture({ block }: BlockProps): ReactNode {
  const title = block["title"] as TextObject | undefined;
  return (
    <figure className="picture">
      {title && (
        <figcaption>
          <Text of={title} />
        </figcaption>
      )}
      <img src={block["image_url"] as string} alt={(block["alt_text"] as string | undefined) ?? ""} />
    </figure>
  );
}

function Actions({ block, blockId }: BlockProps): ReactNode {
  const { key } = useSurface();
  return (block.elements ?? []).map((element: Element, at) => (
    <Fragment key={element.action_id ?? at}>
      {element.action_id ? (
        <Standalone element={element} blockId={blockId} surface={key} />
      ) : (
        <Interactive element={element} blockId={blockId} dispatch id={`${key}-${blockId}-${at}`} aria={{}} />
      )}
    </Fragment>
  ));
}

/** The text of a message that has no blocks. */
export function MessageText({ text }: { text: string }): ReactNode {
  return <Mrkdwn text={text} />;
}
