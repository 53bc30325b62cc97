// Line icons, drawn for this page on a 16-pixel grid.

const paths: Record<string, string> = {
  check: "M3 8.5 6.5 12 13 4.5",
  x: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  "chevron-down": "M4 6l4 4 4-4",
  "chevron-right": "M6 4l4 4-4 4",
  "chevron-left": "M10 4 6 8l4 4",
  "arrow-up": "M8 13V3M4 7l4-4 4 4",
  "arrow-down": "M8 3v10M4 9l4 4 4-4",
  "arrow-right": "M3 8h10M9 4l4 4-4 4",
  calendar: "M2.5 4.5h11v9h-11zM2.5 7.5h11M5.5 2.5v3M10.5 2.5v3",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14",
  sun: "M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z",
  refresh: "M13 3v3.5H9.5M12.6 6.5A5 5 0 1 0 13 9",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  edit: "M3 13l.6-2.8 7.2-7.2 2.2 2.2-7.2 7.2L3 13Z",
  save: "M3 3h8l2 2v8H3zM5.5 3v3.5h4V3M5.5 13V9.5h5V13",
  download: "M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10",
  upload: "M8 10.5V3M4.5 6 8 2.5 11.5 6M3 13.5h10",
  external: "M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5",
  link: "M6.5 9.5l3-3M7 4.5 8.5 3a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5 7.5 13A3.2 3.2 0 0 1 3 8.5L4.5 7",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5v3.5M8 5v.2",
  warning: "M8 2.5 14.5 13.5h-13L8 2.5ZM8 6.5v3.5M8 11.7v.2",
  filter: "M2.5 3.5h11L9.5 8.5v4l-3 1v-5l-4-5Z",
  undo: "M4 6.5h6a3 3 0 0 1 0 6.5H6.5M6.5 3.5 3.5 6.5l3 3",
  redo: "M12 6.5H6a3 3 0 0 0 0 6.5h3.5M9.5 3.5l3 3-3 3",
  user: "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.5 13.5a5.5 5.5 0 0 1 11 0",
  mail: "M2 3.5h12v9H2zM2 4l6 5 6-5",
  play: "M5 3l8 5-8 5V3Z",
  copy: "M5.5 5.5h8v8h-8zM3 10.5V2.5h7.5",
  table: "M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.75h11M6.5 3v10",
  chart: "M3 13.5V8M8 13.5V3M13 13.5v-8",
  settings: "M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.5v3M6 9.5v3",
  enlarge: "M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5 9.5 6.5M2.5 13.5l4-4",
  shrink: "M13.5 6.5h-4v-4M2.5 9.5h4v4M9.5 6.5l4-4M6.5 9.5l-4 4",
  image: "M2.5 3h11v10h-11zM2.5 11l3.5-3.5 3 3 2-2 2.5 2.5M10.5 6h.1",
  "row-above": "M2.5 9h11v4.5h-11zM8 2v5M5.5 4.5h5",
  "row-below": "M2.5 2.5h11V7h-11zM8 9v5M5.5 11.5h5",
  snow: "M8 2v12M2.8 5l10.4 6M13.2 5 2.8 11",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  "eye-off": "M2 2l12 12M6 3.9A6.6 6.6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a11 11 0 0 1-2 2.4M4 5.1A11 11 0 0 0 1.5 8S4 12.5 8 12.5a6.6 6.6 0 0 0 2.5-.5",
  more: "M3.2 8h.6M7.7 8h.6M12.2 8h.6",
  lock: "M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
};

const aliases: Record<string, string> = {
  add: "plus",
  close: "x",
  delete: "trash",
  remove: "trash",
  pencil: "edit",
  "external-link": "external",
  send: "arrow-right",
  next: "arrow-right",
  gear: "settings",
  alert: "warning",
  people: "user",
  email: "mail",
  reload: "refresh",
  run: "play",
};

/** Whether an icon of this name exists. */
export function hasIcon(name: string): boolean {
  return name in paths || name in aliases;
}

export function Icon({ name, size = 16 }: { name: string; size?: number }) {
  const path = paths[name] ?? paths[aliases[name] ?? ""];
  if (!path) return null;
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
