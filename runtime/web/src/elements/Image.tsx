// A picture, with a quiet frame when it cannot be loaded.

import { useState } from "react";
import type { ElementProps } from "./ElementView";
import { proseText, useProseValues } from "./Prose";

export function Image({ element, kind }: ElementProps<"image">) {
  const values = useProseValues(element.prose);
  const [broken, setBroken] = useState("");
  const url = proseText(kind.url, values);
  const incomplete = kind.url.some((part) => "value" in part && (values[part.value] ?? null) === null);
  if (incomplete || url === "") return null;
  if (broken === url) return <div className="image-broken">{kind.alt || "The picture could not be loaded."}</div>;
  const fit = kind.fit === "cover" || kind.fit === "none" ? kind.fit : "contain";
  return <img className="image" src={url} alt={kind.alt} style={{ objectFit: fit }} onError={() => setBroken(url)} />;
}
