// The box of a menu, among the pop-ups of the page.

import type { ReactNode, RefObject } from "react";
import { Menu, Popover } from "react-aria-components";
import { popups } from "../layout/popups";

interface Props {
  label: string;
  onAction: (action: string) => void;
  children: ReactNode;
  /** For a menu without a trigger around it: where it opens, and when. */
  anchor?: RefObject<HTMLElement | null>;
  onClose?: () => void;
}

export function MenuPopover({ label, onAction, children, anchor, onClose }: Props) {
  return (
    <Popover
      className="popover menu-popover"
      placement="bottom end"
      UNSTABLE_portalContainer={popups()}
      {...(anchor ? { "aria-label": label, triggerRef: anchor, isOpen: true, onOpenChange: (open: boolean) => !open && onClose?.() } : {})}
    >
      <Menu className="menu" aria-label={label} autoFocus="first" onAction={(action) => onAction(String(action))} onClose={onClose}>
        {children}
      </Menu>
    </Popover>
  );
}
