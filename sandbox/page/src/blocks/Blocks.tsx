import { Fragment, type ReactNode } from "react";

import { Interactive, Standalone } from "../elements/Interactive";
import { useSurface } from "../state/surface";
import { Mrkdwn, Text } from "../text/Rich";
import type { Block, Element, TextObject } from "../types";
import { Alert } from "./Alert";
import { Card, Carousel, Container } from "./Cards";
import { Table } from "./Cells";
import { Chart } from "./Chart";
import { DataTable } from "./DataTable";
import { InputBlock } from "./InputBlock";
import { Markdown } from "./Markdown";
import { Call, ImageOf, Picture, RemoteFile, Video } from "./Media";
import { RichText } from "./RichText";
import { Plan, TaskCard } from "./Tasks";
import { Unknown } from "./Unknown";

export interface BlockProps {
  block: Block;
  blockId: string;
}

const KINDS: Record<string, (props: BlockProps) => ReactNode> = {
  section: Section,
  header: Header,
  context: Context,
  divider: () => <hr />,
  image: Picture,
  actions: Actions,
  context_actions: Actions,
  input: InputBlock,
  rich_text: RichText,
  markdown: Markdown,
  table: Table,
  data_table: DataTable,
  data_visualization: Chart,
  alert: Alert,
  card: Card,
  carousel: Carousel,
  container: Container,
  plan: Plan,
  task_card: TaskCard,
  video: Video,
  file: RemoteFile,
  call: Call,
};

export function Blocks({ blocks }: { blocks: Block[] }): ReactNode {
  return blocks.map((block, at) => {
    const blockId = block.block_id ?? `block-${at}`;
    const Kind = KINDS[block.type];
    return (
      <div key={`${blockId}-${block.type}`} className={`block ${block.type}`} data-block-id={blockId}>
        {Kind ? <Kind block={block} blockId={blockId} /> : <Unknown of={block} />}
      </div>
    );
  });
}

function Section({ block, blockId }: BlockProps): ReactNode {
  const { key } = useSurface();
  const accessory = block.accessory;
  return (
    <>
      <div className="section-text" dir="auto">
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
            <ImageOf of={accessory} />
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
    <div role="heading" aria-level={3} className="header-text" dir="auto">
      <Text of={block.text} />
    </div>
  );
}

function Context({ block }: BlockProps): ReactNode {
  return (block.elements ?? []).map((element, at) => (
    <span key={at} className="context-item">
      {element.type === "image" ? (
        <ImageOf of={element} />
      ) : (
        <Text of={element as unknown as TextObject} />
      )}
    </span>
  ));
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
