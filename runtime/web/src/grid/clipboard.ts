// Clipboard text of spreadsheets: tab-separated, with quotes around cells that hold tabs, quotes or line breaks.

/** Cells of a pasted text; a trailing line break is not a row. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let at = 0;
  const input = text.replace(/^\uFEFF/, "");
  while (at < input.length) {
    const character = input[at];
    if (character === '"' && cell === "") {
      const quoted = readQuoted(input, at);
      if (quoted) {
        cell = quoted.cell;
        at = quoted.end;
        // An empty quoted cell must not be taken for the start of another.
        if (cell === "") {
          ({ cell, at } = finishPlain(input, at));
        }
        continue;
      }
    }
    if (character === "\t") {
      row.push(cell);
      cell = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && input[at + 1] === "\n") at += 1;
      row.push(cell);
      rows.push(row);
      row = [];
      cell = "";
    } else {
      cell += character;
    }
    at += 1;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** A cell in quotes, when the quote closes right before a separator or the end. */
function readQuoted(text: string, start: number): { cell: string; end: number } | null {
  let cell = "";
  let at = start + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return null;
    cell += text.slice(at, close);
    if (text[close + 1] === '"') {
      cell += '"';
      at = close + 2;
      continue;
    }
    const next = text[close + 1];
    return next === undefined || next === "\t" || next === "\n" || next === "\r" ? { cell, end: close + 1 } : null;
  }
}

function finishPlain(text: string, start: number): { cell: string; at: number } {
  let at = start;
  while (at < text.length && text[at] !== "\t" && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return { cell: text.slice(start, at), at };
}

export function printTsv(rows: string[][]): string {
  return rows.map((row) => row.map(quote).join("\t")).join("\r\n");
}

function quote(cell: string): string {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The same cells as an HTML table, for programs that prefer it. */
export function printHtml(rows: string[][]): string {
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br>");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`).join("");
  return `<meta charset="utf-8"><table>${body}</table>`;
}

/** Repeats a block until it fills a range: one value fills all of it, a block tiles when it fits evenly. */
export function tile(block: string[][], rows: number, columns: number): string[][] {
  const height = block.length;
  const width = Math.max(0, ...block.map((row) => row.length));
  if (height === 0 || width === 0) return block;
  const tall = rows > height && rows % height === 0 ? rows : height;
  const wide = columns > width && columns % width === 0 ? columns : width;
  return Array.from({ length: tall }, (_, row) => Array.from({ length: wide }, (_, column) => block[row % height]?.[column % width] ?? ""));
}
