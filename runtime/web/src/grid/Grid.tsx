// The grid: the rows in sight of any number of them, with selection, keyboard, clipboard and, when allowed, editing.

import { useEffect, useId, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { announce } from "../state/notices";
import { CellEditor, type After } from "./CellEditor";
import { runCommand } from "./commands";
import { copyRange, pasteChanges } from "./exchange";
import { holdsAny } from "./find";
import { FindBar } from "./FindBar";
import { fitWidth } from "./fitWidth";
import { rowHeight } from "./geometry";
import { GridFooter } from "./GridFooter";
import { GridHeader } from "./GridHeader";
import { GridRow } from "./GridRow";
import { commandFor, type Command } from "./keys";
import type { GridEditing, GridModel } from "./model";
import { editText } from "./parse";
import { rangeEdits } from "./rangeEdits";
import { RowMenu } from "./RowMenu";
import { clampSelected, moveTo, origin, rangeOf, type Place, type Selected } from "./selection";
import { TotalsRow } from "./TotalsRow";
import type { ColumnTools } from "./useArrangement";
import { narrowest, useColumns } from "./useColumns";
import { useColumnWindow } from "./useColumnWindow";
import { useContents } from "./useContents";
import { placeAt, usePointer } from "./usePointer";
import { useViewport } from "./useViewport";
import type { Sort } from "../state/tables";

interface Props {
  label: string;
  model: GridModel;
  editing?: GridEditing | null;
  tools: ColumnTools;
  sort: Sort;
  onSort: ((sort: Sort) => void) | null;
  /** A visitor chose a row, by click or Enter. */
  onRow?: ((row: number) => void) | null;
  /** Stands at the left of the footer. */
  status?: ReactNode;
}

interface Open {
  text: string;
  replacing: boolean;
}

export function Grid({ label, model, editing = null, tools, sort, onSort, onRow = null, status }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [rawSelected, setSelected] = useState<Selected>(origin);
  const [open, setOpen] = useState<Open | null>(null);
  const wantsFocus = useRef(false);
  const leaving = useRef(false);
  const [finding, setFinding] = useState(0);
  const [needles, setNeedles] = useState<string[] | null>(null);
  const menuAnchor = useRef<HTMLElement | null>(null);
  const [rowMenu, setRowMenu] = useState(false);
  const problemId = useId();
  const gutter = editing ? 44 : 0;
  const extent = { rows: Math.max(1, model.rows + (editing ? 1 : 0)), columns: Math.max(1, model.columns.length) };
  const drawnRows = model.rows + (editing ? 1 : 0);
  const selected = clampSelected(rawSelected, extent);
  const range = rangeOf(selected);
  const { anchor } = selected;
  const view = useViewport(scroller, drawnRows, model.total ? rowHeight + 2 : 0);
  const contents = useContents(model);
  const places = useColumns(model.columns, contents, tools.widths, gutter, view.width);
  const inSight = useColumnWindow(scroller, places, tools.frozen, gutter, view.width);

  const { want } = model;
  useEffect(() => {
    if (model.rows > 0) want(Math.min(view.first, model.rows - 1), Math.min(view.last, model.rows - 1));
  }, [want, view.first, view.last, model.rows]);

  const cellElement = (place: Place) => root.current?.querySelector<HTMLElement>(`[role=gridcell][data-row="${place.row}"][data-column="${place.column}"]`);

  const showColumn = (column: number) => {
    const element = scroller.current;
    if (!element || column < inSight.frozen) return;
    const left = (places.lefts[column] ?? 0) - inSight.frozenWidth;
    const right = (places.lefts[column] ?? 0) + (places.widths[column] ?? 0);
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth;
  };

  const selectAndFocus = (next: Selected) => {
    wantsFocus.current = true;
    setSelected(next);
  };

  const go = (place: Place, extend = false) => {
    const next = moveTo(selected, place, extend, extent);
    selectAndFocus(next);
    view.show(next.corner.row);
    showColumn(next.corner.column);
  };

  // A row that arrives takes the place of the one that stood for it, and the focus would go with that.
  const held = root.current?.querySelector("[role=gridcell]:focus") ?? null;
  useLayoutEffect(() => {
    if (held && !held.isConnected && document.activeElement === document.body) wantsFocus.current = true;
    if (!wantsFocus.current || open) return;
    wantsFocus.current = false;
    cellElement(anchor)?.focus({ preventScroll: true });
  });

  const startEdit = (replacing: boolean) => {
    const column = model.columns[anchor.column];
    if (!editing || !column) return;
    if (!column.input) {
      announce(`${column.name} cannot be edited.`);
      return;
    }
    view.show(anchor.row);
    const text = editing.problem(anchor.row, anchor.column)?.text ?? editText(anchor.row < model.rows ? model.cell(anchor.row, anchor.column) : null, column);
    // The editor must have the focus before the key's default action, so that the first character lands in it.
    flushSync(() => setOpen({ text: replacing ? "" : text, replacing }));
  };

  const accept = (text: string, after: After) => {
    setOpen(null);
    const column = model.columns[anchor.column];
    const old = anchor.row < model.rows ? editText(model.cell(anchor.row, anchor.column), column ?? { type: "text" }) : "";
    const problem = editing?.problem(anchor.row, anchor.column) ?? null;
    if (column && (text !== (problem?.text ?? old) || (problem !== null && problem.text !== text))) editing?.change([{ ...anchor, text }]);
    if (after === "stay") return;
    const step: Record<After, Place> = {
      down: { row: anchor.row + 1, column: anchor.column },
      up: { row: anchor.row - 1, column: anchor.column },
      right: { row: anchor.row, column: anchor.column + 1 },
      left: { row: anchor.row, column: anchor.column - 1 },
      stay: anchor,
    };
    // The row after the last one exists only after this text made it.
    wantsFocus.current = true;
    const target = step[after];
    setSelected({ anchor: { row: Math.max(0, target.row), column: Math.max(0, target.column) }, corner: { row: Math.max(0, target.row), column: Math.max(0, target.column) } });
    view.show(Math.max(0, target.row));
    showColumn(Math.min(extent.columns - 1, Math.max(0, target.column)));
  };

  const edits = rangeEdits({ model, editing, selected, range, extent, select: selectAndFocus, show: view.show });

  const toggle = () => {
    const cell = anchor.row < model.rows ? model.cell(anchor.row, anchor.column) : null;
    if (model.columns[anchor.column]?.input?.kind === "checkbox") editing?.change([{ ...anchor, text: cell === true ? "false" : "true" }]);
    else if (editing) startEdit(true);
    else activate(false);
  };

  const activate = (back: boolean) => {
    const group = anchor.row < model.rows ? (model.group?.(anchor.row) ?? null) : null;
    if (group && group.kind !== "leaf") model.toggle?.(anchor.row);
    else if (editing && (!onRow || model.columns[anchor.column]?.input)) startEdit(false);
    else if (onRow && anchor.row < model.rows) onRow(anchor.row);
    else go({ row: anchor.row + (back ? -1 : 1), column: anchor.column });
  };

  const run = (command: Command): boolean =>
    runCommand(command, {
      model,
      editing,
      selected,
      extent,
      page: view.page,
      edits,
      go,
      select: setSelected,
      startEdit,
      toggle,
      activate,
      find: () => setFinding((old) => old + 1),
      keepFocus: () => {
        wantsFocus.current = true;
      },
      leave: (now) => {
        leaving.current = now;
      },
      isLeaving: () => leaving.current,
    });

  const goToFound = (row: number) => {
    const column = needles ? model.columns.findIndex((spec, index) => holdsAny(row < model.rows ? model.cell(row, index) : null, spec, needles)) : -1;
    const place = { row, column: column < 0 ? anchor.column : column };
    // The focus stays in the find bar, so that Enter goes on.
    setSelected({ anchor: place, corner: place });
    view.show(row);
    showColumn(place.column);
  };

  const keyDown = (event: KeyboardEvent) => {
    if (open || event.nativeEvent.isComposing || !root.current?.contains(event.target as Node)) return;
    const inCell = (event.target as HTMLElement).closest("[role=gridcell]") !== null;
    const command = commandFor({ key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey }, editing !== null);
    if (!command || (!inCell && command.do !== "find")) return;
    if (command.do !== "leave" && command.do !== "next") leaving.current = false;
    if (run(command)) event.preventDefault();
  };

  const pointer = usePointer({
    selected,
    range,
    extent,
    rows: model.rows,
    select: (change) => setSelected((old) => change(clampSelected(old, extent))),
    show: view.show,
    onPress: (place, target) => {
      leaving.current = false;
      wantsFocus.current = true;
      if (!target.closest("[data-check]") || !editing || place.column < 0) return;
      editing.change([{ ...place, text: model.cell(place.row, place.column) === true ? "false" : "true" }]);
    },
    onClick: (place, extended) => {
      // In a cell that can be edited a click is the start of editing; the others choose the row.
      if (editing && model.columns[place.column]?.input) return;
      if (onRow && !extended && place.row === anchor.row) onRow(place.row);
    },
    onFill: edits.fill,
  });
  const { filling } = pointer;

  const contextMenu = (event: MouseEvent) => {
    const place = placeAt(event.target);
    if (!editing || open || !place || place.row >= model.rows) return;
    event.preventDefault();
    // A menu on rows that are selected is about all of them.
    if (place.row < range.top || place.row > range.bottom) setSelected(moveTo(selected, { row: place.row, column: Math.max(0, place.column) }, false, extent));
    menuAnchor.current = (event.target as HTMLElement).closest("[data-row]");
    setRowMenu(true);
  };

  const copy = (event: ClipboardEvent, cut: boolean) => {
    if (open || isField(event.target)) return;
    event.preventDefault();
    copyRange(model, range, event.clipboardData);
    if (cut && editing) edits.clear();
  };
  const paste = (event: ClipboardEvent) => {
    if (open || !editing || isField(event.target)) return;
    event.preventDefault();
    const pasted = pasteChanges(model, range, event.clipboardData.getData("text/plain"));
    if (!pasted) return;
    editing.change(pasted.changes);
    // The row to type into moved below what was pasted, and took the focus along.
    wantsFocus.current = true;
    setSelected({ anchor: { row: range.top, column: range.left }, corner: { row: range.top + pasted.rows - 1, column: Math.min(extent.columns - 1, range.left + pasted.columns - 1) } });
    announce(`Pasted ${pasted.rows} by ${pasted.columns} cells${pasted.skipped > 0 ? `; ${pasted.skipped} cells cannot be edited` : ""}.`);
  };

  const fit = (index: number) => {
    const column = model.columns[index];
    if (!column) return narrowest;
    const seen = Array.from({ length: Math.max(0, Math.min(view.last, model.rows - 1) - view.first + 1) }, (_, row) => model.cell(view.first + row, index));
    return fitWidth(column, seen);
  };

  const editor = (at: Place) => {
    const column = model.columns[at.column];
    if (!open || !editing || !column) return null;
    const cancel = () => {
      setOpen(null);
      wantsFocus.current = true;
    };
    return (
      <CellEditor
        column={column}
        text={open.text}
        replacing={open.replacing}
        options={editing.options(at.column)}
        onText={(text) => setOpen((old) => old && { ...old, text })}
        onAccept={accept}
        onCancel={cancel}
      />
    );
  };

  const rows: number[] = [];
  for (let row = view.first; row <= view.last; row += 1) rows.push(row);
  // Losing the row with the focus would drop the focus to the page.
  if (drawnRows > 0 && !rows.includes(anchor.row) && anchor.row < drawnRows) rows.push(anchor.row);
  const problem = editing?.problem(anchor.row, anchor.column) ?? null;
  return (
    <div
      ref={root}
      className={`grid${editing ? " grid-editable" : ""}${onRow ? " grid-clickable" : ""}`}
      onKeyDown={keyDown}
      onCopy={(event) => copy(event, false)}
      onCut={(event) => copy(event, true)}
      onPaste={paste}
      {...pointer.handlers}
      onContextMenu={contextMenu}
      onDoubleClick={(event) => placeAt(event.target) && !(event.target as HTMLElement).closest("[data-check], .grid-gutter") && editing && startEdit(false)}
    >
      {finding > 0 && model.find && (
        <FindBar
          find={model.find}
          asked={finding}
          row={anchor.row}
          onNeedles={setNeedles}
          onGo={goToFound}
          onClose={() => {
            setFinding(0);
            wantsFocus.current = true;
            view.show(anchor.row);
          }}
        />
      )}
      <div
        ref={scroller}
        className="grid-scroller"
        onScroll={() => {
          view.onScroll();
          inSight.onScroll();
        }}
      >
        <div role={model.group ? "treegrid" : "grid"} aria-label={label} aria-rowcount={drawnRows + 1} aria-colcount={model.columns.length + (gutter > 0 ? 1 : 0)} aria-multiselectable="true" aria-readonly={editing === null} className="grid-table" style={{ width: places.total }}>
          <GridHeader columns={model.columns} places={places} inSight={inSight} gutter={gutter} sort={sort} onSort={onSort} tools={tools} scroller={scroller} fit={fit} showColumn={showColumn} />
          <div role="rowgroup" className="grid-body" style={{ height: view.shape.canvas }}>
            {rows.map((row) => {
              const inside = row >= range.top && row <= range.bottom;
              const isActive = row === anchor.row;
              const outside = row < view.first || row > view.last;
              return (
                <GridRow
                  key={row < model.rows ? model.key(row) : "ghost"}
                  row={row}
                  top={outside && view.shape.ratio !== 1 ? -2 * rowHeight : view.top(row * rowHeight)}
                  model={model}
                  editing={editing}
                  places={places}
                  inSight={inSight}
                  gutter={gutter > 0}
                  left={inside ? range.left : -1}
                  right={inside ? range.right : -2}
                  active={isActive ? anchor.column : -1}
                  editor={isActive ? editor(anchor) : null}
                  handle={editing && !filling && row === range.bottom && row < model.rows ? range.right : -1}
                  fillLeft={filling && row >= filling.top && row <= filling.bottom ? filling.left : -1}
                  fillRight={filling && row >= filling.top && row <= filling.bottom ? filling.right : -2}
                  needles={needles}
                  ghost={row >= model.rows}
                  problemId={problemId}
                />
              );
            })}
          </div>
          {model.total && <TotalsRow model={model} places={places} inSight={inSight} gutter={gutter} index={drawnRows + 2} />}
        </div>
      </div>
      <GridFooter model={model} range={range} status={status} problem={problem?.message ?? null} problemId={problemId} onDelete={editing && range.top < model.rows ? edits.deleteRows : null} onInsert={editing ? edits.insertRows : null} tools={tools} />
      {rowMenu && <RowMenu anchor={menuAnchor} count={range.bottom - range.top + 1} onInsert={edits.insertRows} onDelete={edits.deleteRows} onClose={() => setRowMenu(false)} />}
    </div>
  );
}

/** A text field in the grid has a clipboard of its own. */
function isField(target: EventTarget): boolean {
  return (target as HTMLElement).closest("input, textarea") !== null;
}
