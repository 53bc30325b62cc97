import { describe, expect, it } from "vitest";
import { parseTsv, printHtml, printTsv, tile } from "../../web/src/grid/clipboard";

describe("pasted text", () => {
  it.each<[string, string, string[][]]>([
    ["a block", "1\t2\n3\t4", [["1", "2"], ["3", "4"]]],
    ["a trailing line break, as spreadsheets write it", "1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]],
    ["a cell with a line break", '"a\nb"\tc', [["a\nb", "c"]]],
    ["a cell with quotes", '"say ""hi"""\tx', [['say "hi"', "x"]]],
    ["a cell with a tab", '"a\tb"\tc', [["a\tb", "c"]]],
    ["an empty quoted cell", '""\tx', [["", "x"]]],
    ["a quote that never closes", '5" pipe\t"x', [['5" pipe', '"x']]],
    ["a quoted word within a text", '"yes" she said\t1', [['"yes" she said', "1"]]],
    ["empty cells", "\t\n\t", [["", ""], ["", ""]]],
    ["one value", "42", [["42"]]],
    ["nothing", "", []],
    ["old line ends", "1\r2", [["1"], ["2"]]],
    ["a byte order mark", "\uFEFF1", [["1"]]],
  ])("%s", (_, text, cells) => {
    expect(parseTsv(text)).toEqual(cells);
  });

  it("survives a round trip", () => {
    const cells = [["a\tb", 'q"q', "x\ny"], ["", "plain", "ü"]];
    expect(parseTsv(printTsv(cells))).toEqual(cells);
  });
});

describe("filling a range", () => {
  it("repeats one value over all of it", () => {
    expect(tile([["x"]], 2, 3)).toEqual([["x", "x", "x"], ["x", "x", "x"]]);
  });

  it("tiles a block that fits evenly", () => {
    expect(tile([["1"], ["2"]], 4, 1)).toEqual([["1"], ["2"], ["1"], ["2"]]);
  });

  it("leaves a block alone that does not", () => {
    expect(tile([["1"], ["2"]], 3, 1)).toEqual([["1"], ["2"]]);
  });
});

it("HTML for other programs is escaped", () => {
  expect(printHtml([["<b>", "a\nb"]])).toContain("<td>&lt;b&gt;</td><td>a<br>b</td>");
});
