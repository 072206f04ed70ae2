// Presses Execute at /docs, one operation after the other, and writes what was answered.
// SHOP is its address, CHROMIUM the browser; the arguments are operations, `name` or `name:param`,
// where the param is filled with the id of the first cart that `open_cart` has opened.
import { chromium } from "playwright-core";

const { SHOP, CHROMIUM } = process.env;
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [
    ...["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
    ...["--disable-gpu", "--disable-software-rasterizer", "--disable-gpu-rasterization"],
    "--disable-gpu-compositing",
  ],
});
const page = await browser.newPage({ ignoreHTTPSErrors: true });
const timeout = 200_000; // a machine that tests may be very busy
page.setDefaultTimeout(timeout);
const refused = [];
page.on("console", (said) => said.type() === "error" && refused.push(said.text()));
const { paths } = await (await page.request.get(`${SHOP}/openapi.json`, { timeout })).json();
const operations = Object.values(paths).flatMap((it) => Object.values(it));
await page.goto(`${SHOP}/docs`);
const tags = Object.fromEntries(operations.map((it) => [it.operationId, it.tags[0]]));

const carts = [];
const answers = [];
for (const wanted of process.argv.slice(2)) {
  const [name, param] = wanted.split(":");
  // The page makes only what is in sight: the filter brings the operation there.
  await page.locator(".operation-filter-input").fill(tags[name]);
  const operation = page.locator(`.opblock[id$="-${name}"]`);
  while (!(await operation.locator(".try-out__btn").count())) {
    if (!(await operation.and(page.locator(".is-open")).count())) {
      await operation.locator(".opblock-summary-control").click();
    }
    await page.waitForTimeout(300); // until the filter has done its work, which closes it again
  }
  if (!(await operation.locator(".execute").count())) {
    await operation.locator(".try-out__btn").click();
  }
  if (param) {
    await operation.locator(`tr[data-param-name="${param}"] input`).fill(carts[0]);
  }
  const [answer] = await Promise.all([
    page.waitForResponse((it) => it.url().startsWith(SHOP)),
    operation.locator(".execute").click(),
  ]);
  const body = await answer.text();
  if (name === "open_cart") {
    carts.push(JSON.parse(body).id);
  }
  const shown = await operation.locator(".live-responses-table .response-col_status").nth(1).innerText();
  answers.push([name, answer.status(), shown.trim().split(/\s/)[0]]);
}
await browser.close();
process.stdout.write(JSON.stringify({ answers, carts, refused }));
