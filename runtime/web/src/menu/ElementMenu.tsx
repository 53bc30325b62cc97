// The menu of a data element: full window, files, text.

import { useState } from "react";
import { Button, MenuItem, MenuTrigger } from "react-aria-components";
import { proseText } from "../elements/Prose";
import { plainNumber } from "../format/number";
import { Icon } from "../layout/icons";
import { copyText } from "../overlay/clipboard";
import type { DataView, Element } from "../protocol.gen";
import { enlarge, enlargedKey, picturesKey } from "../state/elements";
import { announce, notify } from "../state/notices";
import { useDataView } from "../state/plan";
import { useSelected } from "../state/store";
import { csvFile, fileName, plainText, save } from "./files";
import { MenuPopover } from "./MenuPopover";

/** More rows than this are no text for a clipboard. */
const mostCopied = 50_000;

export default function ElementMenu({ element, data }: { element: Element; data: string }) {
  const view = useDataView(data);
  const enlarged = useSelected(enlargedKey, (id) => id === element.id);
  const picture = useSelected(picturesKey, (pictures) => pictures[element.id]);
  const [busy, setBusy] = useState(false);
  if (!view) return null;
  const name = (element.title ? proseText(element.title.text, []).trim() : "") || view.name || element.kind.kind.replace("_", " ");
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      const text = error instanceof TypeError ? "The connection broke before everything had arrived." : String((error as Error).message);
      notify(text, { level: "error" });
    }
    setBusy(false);
  };
  const works: Record<string, () => Promise<void>> = {
    csv: async () => save(await csvFile(element.id, data, null), fileName(name, "csv")),
    base: async () => save(await csvFile(element.id, data, "base"), fileName(`${name} rows`, "csv")),
    png: async () => picture && save(await picture(), fileName(name, "png")),
    text: async () => {
      const { text, rows, cut } = await plainText(element.id, data, mostCopied);
      if (!(await copyText(text))) throw new Error("The browser did not allow copying.");
      const copied = `${plainNumber(rows)} ${rows === 1 ? "row" : "rows"}`;
      notify(cut ? `Copied the first ${copied}.` : `Copied ${copied}.`, { level: "ok" });
    },
  };
  const act = (action: string) => {
    const work = works[action];
    if (work) void attempt(work);
    else if (action === "enlarge") {
      enlarge(enlarged ? null : element.id);
      announce(enlarged ? `${name} is back in its place.` : `${name} fills the window. Escape closes it.`);
    }
  };
  return (
    <MenuTrigger>
      <Button className="icon-button element-menu" aria-label={`Menu of ${name}`} isPending={busy}>
        <Icon name={busy ? "refresh" : "more"} />
      </Button>
      <MenuPopover label={`Menu of ${name}`} onAction={act}>
        <MenuItem id="enlarge" className="menu-item">
          <Icon name={enlarged ? "shrink" : "enlarge"} /> {enlarged ? "Leave full window" : "Full window"}
        </MenuItem>
        <MenuItem id="csv" className="menu-item">
          <Icon name="download" /> Download CSV
        </MenuItem>
        {hasRowsBeneath(view) ? (
          <MenuItem id="base" className="menu-item">
            <Icon name="download" /> Download rows in groups as CSV
          </MenuItem>
        ) : null}
        {picture ? (
          <MenuItem id="png" className="menu-item">
            <Icon name="image" /> Download PNG
          </MenuItem>
        ) : null}
        <MenuItem id="text" className="menu-item">
          <Icon name="copy" /> Copy as text
        </MenuItem>
      </MenuPopover>
    </MenuTrigger>
  );
}

/** A grouped table with columns of the rows beneath its groups. */
function hasRowsBeneath(view: DataView): boolean {
  return view.levels.length > 0 && view.columns.some((column) => column.level === null && !column.summary && !column.hidden);
}
