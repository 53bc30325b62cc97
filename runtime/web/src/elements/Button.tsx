// A button that runs a program; busy until the server has answered.

import { useState } from "react";
import { Icon } from "../layout/icons";
import { runAction } from "../state/actions";
import type { ElementProps } from "./ElementView";
import { proseText, useProseValues } from "./Prose";

const variants = new Set(["primary", "secondary", "text", "danger"]);

export function Button({ element, kind }: ElementProps<"button">) {
  const values = useProseValues(element.prose);
  const [busy, setBusy] = useState(false);
  const variant = variants.has(kind.variant) ? kind.variant : "secondary";
  const click = async () => {
    if (busy || !kind.on_click) return;
    setBusy(true);
    await runAction(kind.on_click, element.id);
    setBusy(false);
  };
  return (
    <button
      type="button"
      className={`button button-${variant} button-element`}
      aria-busy={busy}
      aria-disabled={busy || !kind.on_click || undefined}
      onClick={() => void click()}
    >
      {kind.icon && <Icon name={kind.icon} />}
      <span className="button-label">{proseText(kind.label, values)}</span>
    </button>
  );
}
