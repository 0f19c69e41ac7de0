// Walks through the console in a real browser and prints one line of JSON a finding: {"check","page","ok","detail"}.
// node browser.mjs <settings as JSON>: modules, browser, base, empty, pictures, user, click.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const settings = JSON.parse(process.argv[2]);
const require = createRequire(join(settings.modules, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const find = (check, page, ok, detail = "") => console.log(JSON.stringify({ check, page, ok, detail }));

const laptop = { width: 1366, height: 768 };
const pages = [
  ["overview", "/"],
  ["slices", "/slices"],
  ["slice", "/slices/mobile/in"],
  ["decisions", "/decisions"],
  ["decisions-filtered", "/decisions?verdict=sivt&slice=mobile"],
  ["decision", "/decisions/@invalid"],
  ["decision-by-list", "/decisions/29"],
  ["streams", "/streams"],
  ["stream", "/streams/view?stream=click.latency"],
  ["stream-two", "/streams/view?stream=queue.depth&dimension=1"],
  ["stream-level", "/streams/view?stream=cache.hit-ratio"],
  ["alerts", "/alerts"],
  ["quarantine", "/quarantine"],
  ["versions", "/versions"],
  ["users", "/users"],
  ["missing", "/slices/nothing"],
];

const browser = await chromium.launch({ executablePath: settings.browser, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
try {
  await Promise.all(["light", "dark"].map(look));
  await read();
  await live();
  await keyboard();
  await narrow();
} finally {
  await browser.close();
}

function listen(page, name, faults) {
  page.on("console", message => { if (message.type() === "error" || message.type() === "warning") faults.push(`${name}: ${message.text()}`); });
  page.on("pageerror", error => faults.push(`${name}: ${error.message}`));
  page.on("requestfailed", request => { if (!/live$|ERR_ABORTED/.test(request.url() + request.failure()?.errorText)) faults.push(`${name}: ${request.url()} ${request.failure()?.errorText}`); });
  page.on("response", answer => { if (answer.status() >= 400 && name !== "missing") faults.push(`${name}: ${answer.url()} ${answer.status()}`); });
  page.on("request", request => { if (![settings.base, settings.empty].some(own => request.url().startsWith(own))) faults.push(`${name}: fetched ${request.url()} from elsewhere`); });
}

async function look(scheme) {
  const context = await browser.newContext({ viewport: laptop, colorScheme: scheme });
  const visit = async (name, go) => {
    const faults = [];
    const page = await context.newPage();
    listen(page, name, faults);
    await go(page);
    await page.waitForFunction(() => { const live = document.getElementById("live"); return !live?.querySelector("button") || live.dataset.state === "live"; });
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const violations = found.violations.map(violation => `${violation.id}: ${violation.nodes.slice(0, 3).map(node => `${node.html.slice(0, 140)} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
    find("accessible", `${name} (${scheme})`, violations.length === 0, violations.join("\n"));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    find("fits a laptop", `${name} (${scheme})`, wide <= 0, `${wide} px too wide`);
    await page.screenshot({ path: join(settings.pictures, `${name}-${scheme}.png`), fullPage: true });
    const other = faults.filter(fault => !(name === "missing" && fault.includes("404")));
    find("quiet", `${name} (${scheme})`, other.length === 0, other.join("\n"));
    await page.close();
  };

  const invalid = await (async () => {
    const page = await context.newPage();
    await page.goto(settings.base + "/decisions?verdict=sivt");
    const href = await page.locator("tbody a").first().getAttribute("href");
    await page.close();
    return href;
  })();
  for (const [name, address] of pages) {
    await visit(name, page => page.goto(settings.base + address.replace("/decisions/@invalid", invalid)));
  }

  await visit("user", async page => {
    await page.goto(settings.base + "/users");
    await page.fill("#userId", settings.user);
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=Recent decisions");
    find("keeps ids out of addresses", `user (${scheme})`, !page.url().includes(settings.user), page.url());
  });
  for (const name of ["overview", "slices", "decisions", "streams", "alerts", "quarantine", "users"]) {
    await visit(`empty-${name}`, page => page.goto(settings.empty + (name === "overview" ? "/" : `/${name}`)));
  }
  await context.close();
}

// Without script the pages say the same, and forms and links work.
async function read() {
  const context = await browser.newContext({ viewport: laptop, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(settings.base + "/");
  find("readable without script", "overview", (await page.locator("main .stat").count()) === 6 && (await page.locator("main svg").count()) > 4 && await page.getByText("Reload").isVisible());
  await page.click("nav >> text=Decisions");
  const rows = await page.locator("tbody tr").count();
  find("readable without script", "decisions", rows === 50, `${rows} rows`);
  const id = await page.locator("tbody th a").nth(3).textContent();
  await page.click("text=Older");
  find("readable without script", "older decisions", (await page.locator("tbody tr").count()) === 50 && page.url().includes("before="));
  await page.fill("#clickId", id);
  await page.press("#clickId", "Enter");
  find("keeps ids out of addresses", "found click", /\/decisions\/\d+$/.test(page.url()) && await page.getByText(id, { exact: true }).first().isVisible(), page.url());
  await page.goto(settings.base + "/decisions");
  await page.selectOption("select[name=verdict]", "sivt");
  await page.click("text=Show");
  find("readable without script", "filter", (await page.locator("tbody .verdict.sivt").count()) === (await page.locator("tbody tr").count()), page.url());
  await context.close();
}

// A new click appears in a page that is open, without a reload; not while it is paused.
async function live() {
  const context = await browser.newContext({ viewport: laptop });
  const page = await context.newPage();
  await page.goto(settings.base + "/decisions");
  await page.waitForSelector("#live[data-state=live]");
  await page.evaluate(() => { window.sameDocument = true; });
  await fetch(`${settings.base}${settings.click}?id=just-now`);
  const came = await page.waitForSelector("tbody >> text=just-now", { timeout: 15000 }).then(() => true, () => false);
  find("refreshes itself", "decisions", came && await page.evaluate(() => window.sameDocument === true));
  await page.click("#live button");
  await fetch(`${settings.base}${settings.click}?id=while-paused`);
  await page.waitForTimeout(2500);
  const held = (await page.locator("tbody >> text=while-paused").count()) === 0;
  await page.click("#live button");
  const caught = await page.waitForSelector("tbody >> text=while-paused", { timeout: 20000 }).then(() => true, () => false);
  find("refreshes itself", "paused, then on again", held && caught, `held ${held}, caught up ${caught}`);
  await page.click("tbody th a >> nth=0");
  await page.waitForSelector("h1:has-text('Decision ')");
  find("explains a click", "decision", (await page.locator("h2:has-text('All features')").count()) === 1 && (await page.locator("main tbody tr").count()) === 24, page.url());
  await context.close();
}

async function keyboard() {
  const context = await browser.newContext({ viewport: laptop });
  const page = await context.newPage();
  await page.goto(settings.base + "/decisions");
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.className);
  await page.keyboard.press("Enter");
  const skipped = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press("Tab");
  const next = await page.evaluate(() => document.activeElement.id);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  find("works by keyboard", "decisions", first === "skip" && skipped === "page" && next === "clickId" && outline !== "none", `${first}, ${skipped}, ${next}, ${outline}`);
  await context.close();
}

async function narrow() {
  const context = await browser.newContext({ viewport: { width: 420, height: 800 } });
  const page = await context.newPage();
  for (const address of ["/", "/decisions", "/versions", "/slices/mobile/in", "/streams/view?stream=click.latency"]) {
    await page.goto(settings.base + address);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    find("fits a phone", address, wide <= 0, `${wide} px too wide`);
    const least = await page.evaluate(() => Math.min(Infinity, ...[...document.querySelectorAll("main .picture svg text")].map(text => text.getBoundingClientRect().height)));
    find("fits a phone", `${address}, its charts' text`, least >= 9, `${least} px high`);
  }
  await context.close();
}
