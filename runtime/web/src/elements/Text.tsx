// Text: HTML that the server rendered and sanitised, with values filled in.

import { useMemo } from "react";
import type { ElementProps } from "./ElementView";
import { fillHtml, useProseValues } from "./Prose";

export function TextView({ element, kind }: ElementProps<"text">) {
  const values = useProseValues(element.prose);
  const source = kind.text.map((part) => ("text" in part ? part.text : `<span data-value="${part.value}"></span>`)).join("");
  const html = fillHtml(source, values);
  const inner = useMemo(() => ({ __html: html }), [html]);
  return <div className="prose" style={{ textAlign: align(kind.align) }} dangerouslySetInnerHTML={inner} />;
}

export function align(name: string | null): "left" | "center" | "right" | undefined {
  return name === "left" || name === "center" || name === "right" ? name : undefined;
}
