import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/elements.css";
import "./styles/controls.css";
import "./styles/grid.css";
import "./styles/menu.css";
import "./styles/overlay.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { addressValues, pageKey, startAddress } from "./state/address";
import { readBoot } from "./state/boot";
import { setControls } from "./state/controls";
import { connect, showDiagnostics } from "./state/live";
import { planKey } from "./state/plan";
import { write } from "./state/store";
import { startTheme } from "./state/theme";

const boot = readBoot();
startTheme();
write(planKey, boot.plan);
write(pageKey, boot.page);
startAddress();
// What the address says in words stays in words: “last 90 days”, not two dates.
setControls({ ...boot.values, ...addressValues(boot.plan, location.search) }, "history");
showDiagnostics(boot.diagnostics);

const root = document.getElementById("app");
if (!root) throw new Error("The page shell has no place for the workbook.");
root.replaceChildren();
createRoot(root).render(<App />);
connect();
