// What the page keeps about single elements beside their data: which one fills the window, and which pictures exist.

import { key, read, update, write } from "./store";

/** Element that fills the window. */
export const enlargedKey = key<string | null>("enlarged", null);

/** Elements that can be had as a picture now, by element id. */
export const picturesKey = key<Record<string, () => Promise<Blob>>>("pictures", {});

/** Offers a picture of an element until the returned function is called. */
export function offerPicture(element: string, draw: () => Promise<Blob>): () => void {
  update(picturesKey, (pictures) => ({ ...pictures, [element]: draw }));
  return () => {
    if (read(picturesKey)[element] !== draw) return;
    update(picturesKey, ({ [element]: _, ...others }) => others);
  };
}

export function enlarge(element: string | null): void {
  write(enlargedKey, element);
}
