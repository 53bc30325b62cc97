// Open modals and drawers; their code is loaded with the first one.

import { lazy, Suspense } from "react";
import { overlaysKey } from "../state/overlays";
import { usePlan } from "../state/plan";
import { useValue } from "../state/store";

const OverlayView = lazy(() => import("./OverlayView"));

export function Overlays() {
  const open = useValue(overlaysKey);
  const overlays = usePlan((plan) => plan.overlays);
  return (
    <Suspense>
      {open.map((id) => {
        const overlay = overlays.find((candidate) => candidate.id === id);
        return overlay ? <OverlayView key={id} overlay={overlay} /> : null;
      })}
    </Suspense>
  );
}
