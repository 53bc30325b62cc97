// Title of the workbook, its pages, and the tools of the page.

import { useEffect } from "react";
import { goToPage, pageAddress, pageKey } from "../state/address";
import { explicitValues, setControls, valueKey } from "../state/controls";
import { onlineKey } from "../state/live";
import { planKey, usePlan } from "../state/plan";
import { read, subscribe, useValue } from "../state/store";
import { themeKey, toggleTheme } from "../state/theme";
import { Icon } from "./icons";
import { useReducer, type MouseEvent } from "react";

export function Header() {
  const title = usePlan((plan) => plan.title);
  const description = usePlan((plan) => plan.description);
  return (
    <header className="header">
      <div className="header-inner">
        <h1 className="header-title" title={description ?? undefined}>
          {title}
        </h1>
        <PageList />
        <div className="header-tools">
          <Connection />
          <Reset />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}

function PageList() {
  const pages = usePlan((plan) => plan.pages);
  const current = useValue(pageKey);
  const shown = pages.filter((page) => !page.hidden);
  if (shown.length < 2) return <span className="header-space" />;
  const follow = (event: MouseEvent, page: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goToPage(page);
  };
  return (
    <nav className="pages" aria-label="Pages">
      {shown.map((page) => (
        <a
          key={page.id}
          href={pageAddress(read(planKey), page.id)}
          aria-current={page.id === current ? "page" : undefined}
          onClick={(event) => follow(event, page.id)}
        >
          {page.title}
        </a>
      ))}
    </nav>
  );
}

function Connection() {
  const online = useValue(onlineKey);
  if (online) return null;
  return (
    <span className="pill pill-warn" role="status">
      Reconnecting…
    </span>
  );
}

/** Offers to put every control back to its default, once one was touched. */
function Reset() {
  const controls = usePlan((plan) => plan.controls);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stops = Object.keys(controls).map((id) => subscribe(valueKey(id), redraw));
    return () => stops.forEach((stop) => stop());
  }, [controls]);
  const touched = Object.keys(explicitValues(read(planKey)));
  if (touched.length === 0) return null;
  const reset = () => setControls(Object.fromEntries(touched.map((id) => [id, undefined])), "visitor");
  return (
    <button type="button" className="button button-quiet" onClick={reset}>
      <Icon name="undo" /> Reset
    </button>
  );
}

function ThemeSwitch() {
  const theme = useValue(themeKey);
  const label = theme === "dark" ? "Use light colours" : "Use dark colours";
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={toggleTheme}>
      <Icon name={theme === "dark" ? "sun" : "moon"} />
    </button>
  );
}
