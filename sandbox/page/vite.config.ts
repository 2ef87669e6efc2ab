import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { licenses } from "./licenses.ts";
import { slimBlocks } from "./slimBlocks.ts";

const SANDBOX = process.env["SANDBOX_URL"] ?? "http://127.0.0.1:8910";

export default defineConfig({
  plugins: [react(), slimBlocks(), licenses("assets/licenses.md")],
  resolve: {
    // Its 250 KB of names only repeat the table that slack-blocks-to-jsx already carries.
    alias: { "node-emoji": fileURLToPath(new URL("src/text/nodeEmoji.ts", import.meta.url)) },
  },
  optimizeDeps: {
    exclude: ["slack-blocks-to-jsx"],
    include: ["slack-blocks-to-jsx > react-markdown", "slack-blocks-to-jsx > remark-gfm"],
  },
  server: { proxy: { "/page": { target: SANDBOX, ws: true, changeOrigin: true } } },
  build: {
    // Stable names: the bundle is committed, and a rebuild must compare byte for byte.
    chunkSizeWarningLimit: 900,
    modulePreload: false,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/page.js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/page[extname]",
      },
    },
  },
});
