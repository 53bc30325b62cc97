// Light or dark: the system's choice until a visitor makes one.

import { key, read, write } from "./store";

export type Theme = "light" | "dark";
const storage = "bookwright.theme";
export const themeKey = key<Theme>("theme", "light");

function stored(): Theme | null {
  try {
    const value = localStorage.getItem(storage);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null;
  }
}

function show(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  write(themeKey, theme);
}

export function startTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => show(stored() ?? (system.matches ? "dark" : "light"));
  follow();
  system.addEventListener("change", follow);
}

export function toggleTheme(): void {
  const next: Theme = read(themeKey) === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(storage, next);
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
  show(next);
}
