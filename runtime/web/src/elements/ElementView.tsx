// One element: its frame, heading and body. An element whose plan did not change is not drawn again.

import { lazy, memo, Suspense, type ComponentType } from "react";
import { boxStyle, textColor } from "../format/color";
import type { Element, ElementKind } from "../protocol.gen";
import { useElement } from "../state/plan";
import { useEnlarged } from "./useEnlarged";
import { Button } from "./Button";
import { Container } from "./Container";
import { Guard } from "./Guard";
import { Image } from "./Image";
import { Kpi } from "./Kpi";
import { ProseText } from "./Prose";
import { Skeleton } from "./Skeleton";
import { TextView } from "./Text";
import { Unsupported } from "./Unsupported";

export type KindName = ElementKind["kind"];
/** The plan's kind, by name. */
export type Kind<K extends KindName> = Extract<ElementKind, { kind: K }>;
export interface ElementProps<K extends KindName> {
  element: Element;
  kind: Kind<K>;
}

const Control = lazy(() => import("../controls/ControlView"));
const Chart = lazy(() => import("../charts/ChartView"));
const Table = lazy(() => import("./Table"));
const InputTable = lazy(() => import("./InputTable"));
const TabsView = lazy(() => import("./Tabs"));

const ElementMenu = lazy(() => import("../menu/ElementMenu"));

const Rule = () => <hr className="divider" />;
const Nothing = () => null;

const bodies: { [K in KindName]: ComponentType<ElementProps<K>> } = {
  text: TextView,
  image: Image,
  divider: Rule,
  spacer: Nothing,
  button: Button,
  control: Control,
  table: Table,
  input_table: InputTable,
  kpi: Kpi,
  chart: Chart,
  container: Container,
  tabs: TabsView,
  unsupported: Unsupported,
};

/** Kinds in a frame of their own; the others stand on the page as they are. */
const cards: ReadonlySet<KindName> = new Set<KindName>(["table", "input_table", "kpi", "chart", "unsupported"]);
/** Kinds whose rows can be had. */
const menued: ReadonlySet<KindName> = new Set<KindName>(["table", "input_table", "kpi", "chart"]);
/** Kinds that show a heading; controls and buttons carry their words themselves. */
const headed: ReadonlySet<KindName> = new Set<KindName>([...cards, "container", "tabs", "image"]);

export const ElementView = memo(function ElementView({ id }: { id: string }) {
  const element = useElement(id);
  const enlarged = useEnlarged(id);
  if (!element) return null;
  const name = element.kind.kind;
  const look = cards.has(name) ? "card" : name === "container" ? "band" : "bare";
  const showsHeading = headed.has(name) && (element.title !== null || element.description !== null) && name !== "unsupported";
  const Body = bodies[name] as ComponentType<ElementProps<KindName>>;
  const Frame = look === "bare" ? "div" : "section";
  return (
    <Frame
      ref={enlarged.frame}
      className={`element element-${name} ${look}${parts(element.kind)}${enlarged.is ? " enlarged" : ""}`}
      data-element={id}
      style={boxStyle(element.style)}
      {...enlarged.role}
      aria-label={enlarged.is && !element.title ? "Full window" : undefined}
      aria-labelledby={look !== "bare" && showsHeading && element.title ? headingId(id) : undefined}
    >
      {menued.has(name) && element.data !== null && (
        <Suspense>
          <ElementMenu element={element} data={element.data} />
        </Suspense>
      )}
      {showsHeading && <ElementHeading element={element} />}
      <Guard name={id} resetKey={element.hash}>
        <Suspense fallback={<Skeleton kind={name} />}>
          <Body element={element} kind={element.kind} />
        </Suspense>
      </Guard>
    </Frame>
  );
});

/** Parts of a key figure that the layout leaves room for before there is data. */
function parts(kind: ElementKind): string {
  if (kind.kind !== "kpi") return "";
  return `${kind.compare ? " with-change" : ""}${kind.trend ? " with-trend" : ""}`;
}

export function headingId(id: string): string {
  return `heading-${id}`;
}

function ElementHeading({ element }: { element: Element }) {
  const { title, description } = element;
  return (
    <header className="element-header">
      {title && (
        <h2
          id={headingId(element.id)}
          className="element-title"
          style={{ fontSize: title.size ?? undefined, color: textColor(title.color), fontWeight: title.weight ?? undefined }}
        >
          <ProseText prose={title.text} data={element.prose} />
        </h2>
      )}
      {description && <p className="element-description">{description}</p>}
    </header>
  );
}
