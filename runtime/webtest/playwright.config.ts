import { defineConfig } from "@playwright/test";

/** Flags that make headless Chromium draw the same everywhere and ask nobody for anything. */
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
];

export default defineConfig({
  testDir: "browser",
  fullyParallel: true,
  workers: 2,
  // A busy build machine may miss a deadline once; a test that only passes again is listed as flaky.
  retries: process.env.CI ? 2 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  timeout: 30_000,
  expect: { timeout: 8_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    locale: "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    trace: "retain-on-failure",
    launchOptions: { executablePath: process.env.BOOKWRIGHT_CHROMIUM ?? "/usr/bin/chromium", args: flags },
  },
});
