// A band with a grid of its own.

import { Grid24 } from "../layout/Grid24";
import type { ElementProps } from "./ElementView";

export function Container({ kind }: ElementProps<"container">) {
  if (!kind.scroll) return <Grid24 body={kind.body} className="nested" />;
  return (
    <div className="band-scroll" tabIndex={0} role="group" aria-label="Scrolling area">
      <Grid24 body={kind.body} className="nested" />
    </div>
  );
}
