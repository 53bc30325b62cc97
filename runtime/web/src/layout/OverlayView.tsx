// One modal or drawer.

import { useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { ProseText } from "../elements/Prose";
import type { FooterButton, Overlay } from "../protocol.gen";
import { runAction } from "../state/actions";
import { closeOverlay } from "../state/overlays";
import { Grid24 } from "./Grid24";
import { Icon } from "./icons";
import { popups } from "./popups";

export default function OverlayView({ overlay }: { overlay: Overlay }) {
  const close = () => {
    if (closeOverlay(overlay.id) && overlay.on_close) void runAction(overlay.on_close, overlay.id);
  };
  const drawer = overlay.kind !== "modal";
  return (
    <ModalOverlay className={`shade shade-${overlay.kind}`} isOpen isDismissable UNSTABLE_portalContainer={popups()} onOpenChange={(open) => !open && close()}>
      <Modal className={`panel panel-${overlay.kind} panel-${overlay.width}`}>
        <Dialog className="dialog">
          <header className="dialog-header">
            <Heading slot="title" className="dialog-title">
              <ProseText prose={overlay.title} data={overlay.prose} />
            </Heading>
            <button type="button" className="icon-button" aria-label="Close" onClick={close}>
              <Icon name="x" />
            </button>
          </header>
          <OverlayForm overlay={overlay} drawer={drawer} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Body and footer: Enter in a field is the primary button. */
function OverlayForm({ overlay, drawer }: { overlay: Overlay; drawer: boolean }) {
  const [busy, setBusy] = useState<"primary" | "secondary" | null>(null);
  const run = async (which: "primary" | "secondary", button: FooterButton) => {
    if (busy) return;
    if (button.action === null) {
      closeOverlay(overlay.id);
      return;
    }
    setBusy(which);
    await runAction(button.action, overlay.id);
    setBusy(null);
  };
  const { primary, secondary } = overlay;
  return (
    <form
      className={`dialog-form${drawer ? " dialog-form-tall" : ""}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (primary) void run("primary", primary);
      }}
    >
      <div className="dialog-body">
        <Grid24 body={overlay.body} className="nested" snug />
      </div>
      {(primary || secondary) && (
        <footer className="dialog-footer">
          {secondary && (
            <button type="button" className="button button-secondary" aria-busy={busy === "secondary"} onClick={() => void run("secondary", secondary)}>
              {secondary.text}
            </button>
          )}
          {primary && (
            <button type="submit" className="button button-primary" aria-busy={busy === "primary"}>
              {primary.text}
            </button>
          )}
        </footer>
      )}
    </form>
  );
}
