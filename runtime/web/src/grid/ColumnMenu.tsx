// The menu of a column: order of rows, place, width, and which columns are shown.

import type { ReactNode, RefObject } from "react";
import { Header, MenuItem, MenuSection, Separator } from "react-aria-components";
import { Icon } from "../layout/icons";
import { MenuPopover } from "../menu/MenuPopover";
import type { Sort } from "../state/tables";
import type { GridColumn } from "./model";
import type { ColumnTools } from "./useArrangement";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  columns: GridColumn[];
  /** The column. */
  index: number;
  sort: Sort;
  onSort: ((sort: Sort) => void) | null;
  tools: ColumnTools;
  frozen: number;
  onFit: () => void;
  /** Moves it before the column with this index. */
  onMove: (to: number) => void;
  onHide: () => void;
  onClose: () => void;
}

const showing = "show:";

export function ColumnMenu({ anchor, columns, index, sort, onSort, tools, frozen, onFit, onMove, onHide, onClose }: Props) {
  const column = columns[index];
  if (!column) return null;
  const sorted = sort.find(([id]) => id === column.id)?.[1] ?? null;
  const works: Record<string, () => void> = {
    ascending: () => onSort?.([[column.id, "asc"]]),
    descending: () => onSort?.([[column.id, "desc"]]),
    unsorted: () => onSort?.(sort.filter(([id]) => id !== column.id)),
    freeze: () => tools.freeze(column.id),
    unfreeze: () => tools.freeze(null),
    left: () => onMove(index - 1),
    right: () => onMove(index + 2),
    fit: onFit,
    hide: onHide,
    reset: tools.reset,
    "show-all": () => tools.show(null),
  };
  const act = (action: string) => {
    onClose();
    if (action.startsWith(showing)) tools.show(action.slice(showing.length));
    else works[action]?.();
  };
  const item = (id: string, icon: string, text: string, keys?: string): ReactNode => (
    <MenuItem key={id} id={id} className="menu-item" textValue={text}>
      <Icon name={icon} size={14} /> {text}
      {keys && <kbd className="menu-keys">{keys}</kbd>}
    </MenuItem>
  );
  return (
    <MenuPopover label={`Column ${column.name}`} anchor={anchor} onAction={act} onClose={onClose}>
      {onSort && sorted !== "asc" && item("ascending", "arrow-up", "Sort ascending")}
      {onSort && sorted !== "desc" && item("descending", "arrow-down", "Sort descending")}
      {onSort && sorted && item("unsorted", "x", "Do not sort by it")}
      {onSort && <Separator className="menu-separator" />}
      {index + 1 !== frozen && item("freeze", "snow", index === 0 ? "Freeze this column" : "Freeze up to here")}
      {frozen > 0 && item("unfreeze", "x", "Unfreeze columns")}
      {index > 0 && item("left", "chevron-left", "Move left", "Ctrl+Shift+←")}
      {index < columns.length - 1 && item("right", "chevron-right", "Move right", "Ctrl+Shift+→")}
      {item("fit", "settings", "Fit to contents", "Shift+← →")}
      {tools.canHide(column.id) && item("hide", "eye-off", "Hide")}
      {tools.touched && item("reset", "undo", "Reset columns")}
      {tools.hidden.length > 0 && (
        <MenuSection>
          <Header className="menu-heading">Hidden columns</Header>
          {tools.hidden.length > 1 && item("show-all", "eye", "Show all")}
          {tools.hidden.map((hidden) => item(showing + hidden.id, "eye", `Show ${hidden.name}`))}
        </MenuSection>
      )}
    </MenuPopover>
  );
}
