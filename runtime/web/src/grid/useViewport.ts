// The scrolled window onto the rows.

import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { geometry, headerHeight, maxOffset, offsetOf, offsetShowing, visibleRows, type Geometry } from "./geometry";

export interface Viewport {
  shape: Geometry;
  /** Width of the visible part in pixels. */
  width: number;
  /** True offset of the first visible pixel. */
  offset: number;
  /** Where a row stands in the canvas. */
  top: (rowTop: number) => number;
  first: number;
  last: number;
  /** Rows that fit. */
  page: number;
  onScroll: () => void;
  show: (row: number) => void;
}

/** `below` is the height of what sticks to the bottom, such as a totals row. */
export function useViewport(scroller: RefObject<HTMLDivElement | null>, rows: number, below: number): Viewport {
  const [size, setSize] = useState({ width: 0, height: 300 });
  const [scroll, setScroll] = useState({ offset: 0, top: 0 });
  // The position we set ourselves: its event must not be mapped back, which would lose the exact row.
  const expected = useRef(Number.NaN);
  const shape = geometry(rows, Math.max(30, size.height - headerHeight - below));
  const current = useRef(shape);
  current.current = shape;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const moveTo = useCallback(
    (wanted: number) => {
      const element = scroller.current;
      if (!element) return;
      const offset = Math.min(maxOffset(current.current), Math.max(0, wanted));
      element.scrollTop = offset * current.current.ratio;
      expected.current = element.scrollTop;
      setScroll({ offset, top: element.scrollTop });
    },
    [scroller],
  );

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element || Math.abs(element.scrollTop - expected.current) <= 1) return;
    expected.current = Number.NaN;
    setScroll({ offset: offsetOf(current.current, element.scrollTop), top: element.scrollTop });
  }, [scroller]);

  const scaled = shape.ratio !== 1;
  useEffect(() => {
    const element = scroller.current;
    if (!element || !scaled) return;
    // One notch of the wheel must move some rows, not some thousand.
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey || Math.abs(event.deltaY) < Math.abs(event.deltaX)) return;
      event.preventDefault();
      setScroll((old) => {
        const offset = Math.min(maxOffset(current.current), Math.max(0, old.offset + event.deltaY));
        element.scrollTop = offset * current.current.ratio;
        expected.current = element.scrollTop;
        return { offset, top: element.scrollTop };
      });
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [scroller, scaled]);

  const offset = Math.min(scroll.offset, maxOffset(shape));
  const [first, last] = visibleRows(shape, offset);
  return {
    shape,
    width: size.width,
    offset,
    top: (rowTop) => (scaled ? scroll.top + rowTop - offset : rowTop),
    first,
    last,
    page: Math.max(1, Math.floor(shape.view / 30) - 1),
    onScroll,
    show: (row) => {
      const next = offsetShowing(shape, offset, row);
      if (next !== offset) moveTo(next);
    },
  };
}
