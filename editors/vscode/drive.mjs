/**
 * Drives the extension in a VS Code in the browser, as a writer would: opens the fixture's draft, learns its archive
 * with the button that is offered, reads the hover and the evidence, jumps to the proof, applies a fix, and opens the
 * worksheet. How to start it stands in README.md.
 *
 * In: the address of the editor and of a picture to write. Out: the picture; an error where something is not shown.
 */
import { chromium } from "playwright-core";

const [address, picture] = process.argv.slice(2);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: quiet });
const page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
page.setDefaultTimeout(30_000);

const command = async (name) => {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${name}`);
  await page.locator(".quick-input-list .focused", { hasText: name.split(": ").at(-1) }).waitFor();
  await page.keyboard.press("Enter");
};
const seen = async (name, locator) => {
  await locator.first().waitFor();
  console.log(`seen: ${name}`);
};

try {
  await page.goto(address, { waitUntil: "domcontentloaded" });
  const files = page.locator(".explorer-folders-view");
  await files.getByText("draft.md").dblclick();
  await page.locator(".notification-toast").getByText("Learn the archive", { exact: true }).click();
  await seen("the findings", page.locator(".squiggly-error").nth(1));
  await seen("the status bar", page.locator(".statusbar-item", { hasText: /factlint\s*2\s*0\s*0/ }));
  await seen("the code lens", page.getByText("2 claims checked · 0 supported · 2 in conflict · 0 open"));

  await command("Notifications: Clear All Notifications");
  await command("View: Focus on Evidence View");
  const office = page.locator(".view-line span", { hasText: /^Finnish/ }).last();
  const { x, y, width } = await office.boundingBox();
  const letter = width / (await office.innerText()).length;
  await page.mouse.click(x + 10 * letter, y + 9);
  await seen("the evidence", page.locator(".pane", { hasText: "Evidence" }).getByText(/The Finnish President/));
  await page.mouse.move(x + 14 * letter, y + 9);
  const hover = page.locator(".monaco-hover");
  await seen("the finding in the hover", hover.getByText("Alexander Stubb is President of Finland, not Prime Minister"));
  await seen("its proof", hover.getByText(/2 independent articles, none against/));
  await page.screenshot({ path: picture });

  await page.keyboard.press("F12");
  await seen("the proof in the archive", page.locator(".tab.active", { hasText: "heath-echo" }));
  await command("Go Back");
  await page.locator(".tab.active", { hasText: "draft.md" }).waitFor();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget").getByText(/President/).first().waitFor();
  await page.keyboard.press("Enter");
  await seen("the correction", page.getByText("Finnish President Alexander Stubb is to sit"));
  await seen("one finding fewer", page.locator(".statusbar-item", { hasText: /factlint\s*1\s*0\s*0/ }));

  await command("factlint: Open the Worksheet of Claims");
  await seen("the worksheet", page.getByText(/Claims of draft\.md/));
} catch (error) {
  await page.screenshot({ path: `${picture}.failed.png` });
  throw error;
} finally {
  await browser.close();
}
