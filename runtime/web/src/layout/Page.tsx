// One page of the workbook.

import type { Page as PageData } from "../protocol.gen";
import { Grid24 } from "./Grid24";

export function Page({ page }: { page: PageData }) {
  if (page.body.length === 0) return <p className="page-empty">This page has no elements yet.</p>;
  return <Grid24 key={page.id} body={page.body} className="page" snug />;
}
