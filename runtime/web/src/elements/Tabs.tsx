// Tabs. The choice is in the address; bodies not shown are not mounted, so they ask for nothing.

import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { Grid24 } from "../layout/Grid24";
import { selectTab, useTab } from "../state/address";
import { headingId, type ElementProps } from "./ElementView";

export default function TabsView({ element, kind }: ElementProps<"tabs">) {
  const entries = Object.entries(kind.tabs);
  const chosen = useTab(element.id);
  const current = chosen !== undefined && chosen in kind.tabs ? chosen : kind.default in kind.tabs ? kind.default : entries[0]?.[0];
  if (current === undefined) return null;
  const label = element.title ? { "aria-labelledby": headingId(element.id) } : { "aria-label": "Tabs" };
  return (
    <Tabs className="tabs" selectedKey={current} onSelectionChange={(tab) => selectTab(element.id, String(tab))}>
      <TabList className="tab-list" {...label}>
        {entries.map(([id, tab]) => (
          <Tab key={id} id={id} className="tab">
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {entries.map(([id, tab]) => (
        <TabPanel key={id} id={id} className="tab-panel">
          <Grid24 body={tab.body} className="nested" snug />
        </TabPanel>
      ))}
    </Tabs>
  );
}
