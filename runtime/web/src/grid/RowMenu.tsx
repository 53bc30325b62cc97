// The menu of rows in an input table.

import type { RefObject } from "react";
import { MenuItem } from "react-aria-components";
import { Icon } from "../layout/icons";
import { MenuPopover } from "../menu/MenuPopover";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  /** How many rows it is about. */
  count: number;
  onInsert: (above: boolean) => void;
  onDelete: () => void;
  onClose: () => void;
}

export function RowMenu({ anchor, count, onInsert, onDelete, onClose }: Props) {
  const rows = count === 1 ? "row" : `${count} rows`;
  const act = (action: string) => {
    onClose();
    if (action === "delete") onDelete();
    else onInsert(action === "above");
  };
  return (
    <MenuPopover label="Rows" anchor={anchor} onAction={act} onClose={onClose}>
      <MenuItem id="above" className="menu-item" textValue="Insert above">
        <Icon name="row-above" size={14} /> Insert {rows} above <kbd className="menu-keys">Ctrl+Shift+Enter</kbd>
      </MenuItem>
      <MenuItem id="below" className="menu-item" textValue="Insert below">
        <Icon name="row-below" size={14} /> Insert {rows} below <kbd className="menu-keys">Ctrl+Enter</kbd>
      </MenuItem>
      <MenuItem id="delete" className="menu-item" textValue="Delete">
        <Icon name="trash" size={14} /> Delete {rows} <kbd className="menu-keys">Ctrl+−</kbd>
      </MenuItem>
    </MenuPopover>
  );
}
