import "slack-blocks-to-jsx";

declare module "slack-blocks-to-jsx" {
  /** The library's emoji by name; exported by slimBlocks.ts. */
  export const EMOJI: Record<string, string>;
}
