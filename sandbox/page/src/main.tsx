import "slack-blocks-to-jsx/dist/style.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/people.css";
import "./styles/toasts.css";
import "./styles/sidebar.css";
import "./styles/messages.css";
import "./styles/list.css";
import "./styles/avatar.css";
import "./styles/reactions.css";
import "./styles/files.css";
import "./styles/tools.css";
import "./styles/composer.css";
import "./styles/blocks.css";
import "./styles/kinds.css";
import "./styles/charts.css";
import "./styles/markdown.css";
import "./styles/elements.css";
import "./styles/inputs.css";
import "./styles/menus.css";
import "./styles/modal.css";
import "./styles/narrow.css";
import "./styles/persona.css";
import "./styles/topbar.css";
import "./styles/clock.css";
import "./styles/tour.css";
import "./styles/call.css";
import "./styles/faults.css";
import "./styles/inspector.css";
import "./styles/lines.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./shell/App";

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
