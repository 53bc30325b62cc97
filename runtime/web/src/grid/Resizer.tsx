// The edge of a heading, to drag its column wider or narrower.

import { useRef, type PointerEvent } from "react";

interface Props {
  width: number;
  onResize: (width: number) => void;
  onFit: () => void;
}

export function Resizer({ width, onResize, onFit }: Props) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const down = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent) => {
    if (start.current) onResize(start.current.width + event.clientX - start.current.x);
  };
  const end = () => {
    start.current = null;
  };
  return <span className="grid-resizer" aria-hidden="true" onPointerDown={down} onPointerMove={move} onPointerUp={end} onPointerCancel={end} onDoubleClick={onFit} />;
}
