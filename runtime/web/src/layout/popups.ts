// Where popovers, pick lists and dialogs are put: a region of its own, so that no content lies outside of landmarks.

export const popupsId = "popups";

export function popups(): HTMLElement {
  return document.getElementById(popupsId) ?? document.body;
}
