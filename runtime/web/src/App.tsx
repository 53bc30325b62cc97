// The whole page: header, the current page, overlays, and what lies above them.

import { useEffect } from "react";
import { Header } from "./layout/Header";
import { Overlays } from "./layout/Overlays";
import { Page } from "./layout/Page";
import { popupsId } from "./layout/popups";
import { Diagnostics } from "./overlay/Diagnostics";
import { Notices } from "./overlay/Notices";
import { takeSettings } from "./format/locale";
import { pageKey } from "./state/address";
import { usePlan } from "./state/plan";
import { useValue } from "./state/store";

export function App() {
  const settings = usePlan((plan) => plan.settings);
  takeSettings(settings);
  const pageId = useValue(pageKey);
  const title = usePlan((plan) => plan.title);
  const page = usePlan((plan) => plan.pages.find((candidate) => candidate.id === pageId) ?? plan.pages[0]);
  const several = usePlan((plan) => plan.pages.length > 1);
  const pageTitle = page && several && page.title !== title ? `${page.title} · ${title}` : title;
  useEffect(() => {
    document.title = pageTitle;
    document.documentElement.lang = settings.locale;
  }, [pageTitle, settings.locale]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Header />
      <main id="main" tabIndex={-1} aria-label={page?.title}>
        {page ? <Page page={page} /> : <p className="page-empty">This workbook has no pages yet.</p>}
      </main>
      <Overlays />
      <Notices />
      <Diagnostics />
      <div id={popupsId} role="region" aria-label="Pop-ups" />
    </>
  );
}
