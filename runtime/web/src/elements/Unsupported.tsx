// A place for what is compiled but not drawn.

import { Icon } from "../layout/icons";
import { proseText } from "./Prose";
import type { ElementProps } from "./ElementView";

export function Unsupported({ element, kind }: ElementProps<"unsupported">) {
  const name = element.title ? proseText(element.title.text, []) : "";
  return (
    <div className="state">
      <Icon name="info" size={20} />
      <p>
        {name && <strong>{name}: </strong>}
        elements of kind “{kind.what}” are not drawn here.
      </p>
    </div>
  );
}
