// Looks at Orleans' dashboard as someone on call does, and prints one line of JSON a finding: {"check","page","ok","detail"}.
// node dashboard.mjs <settings as JSON>: modules, browser, pictures, base, key.
import { createRequire } from "node:module";
import { join } from "node:path";

const settings = JSON.parse(process.argv[2]);
const { chromium } = createRequire(join(settings.modules, "package.json"))("playwright-core");
const find = (check, page, ok, detail = "") => console.log(JSON.stringify({ check, page, ok, detail }));
const working = ["IngestGrain", "UserShardGrain", "EntityShardGrain", "UserAgentShardGrain", "StreamEstimatorGrain"];

const browser = await chromium.launch({ executablePath: settings.browser, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
try {
  const stranger = await browser.newPage();
  const shut = await stranger.goto(settings.base + "/").catch(error => ({ status: () => error.message }));
  find("wants a key", "overview", shut.status() === 401 || String(shut.status()).includes("ERR_INVALID_AUTH_CREDENTIALS"), String(shut.status()));
  await look();
} finally {
  await browser.close();
}

async function look() {
  // A browser asks for the key as a password.
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, httpCredentials: { username: "on-call", password: settings.key } });
  const page = await context.newPage();
  const faults = [];
  page.on("console", message => { if (message.type() === "error") faults.push(message.text()); });
  page.on("pageerror", error => faults.push(error.message));
  page.on("response", answer => { if (answer.status() >= 400) faults.push(`${answer.url()} ${answer.status()}`); });
  page.on("request", request => { if (!request.url().startsWith(new URL(settings.base).origin) && !request.url().startsWith("data:")) faults.push(`fetched ${request.url()} from elsewhere`); });

  await page.goto(settings.base + "/");
  await page.waitForSelector("text=Methods with Most Calls", { timeout: 30000 });
  await shoot("overview", 3000);
  await page.goto(settings.base + "/#/grains");
  await page.waitForFunction(names => names.every(name => [...document.querySelectorAll("table tr")].some(row => row.cells[0]?.innerText.trim() === name && Number.parseFloat(row.cells[4].innerText) > 0)), working, { timeout: 30000 }).catch(() => { });
  const rows = await page.locator("table tr").evaluateAll(rows => rows.map(row => [...row.querySelectorAll("td")].map(cell => cell.innerText.trim())).filter(cells => cells.length > 4));
  for (const name of working) {
    const row = rows.find(cells => cells[0] === name);
    find("shows who works, and how fast", name, row !== undefined && Number.parseInt(row[2]) > 0 && Number.parseFloat(row[4]) > 0 && Number.parseFloat(row[3]) === 0, row?.join(" | ") ?? `not among ${rows.map(cells => cells[0]).join(", ")}`);
  }

  await shoot("grains", 2000);
  await page.click("td >> text=IngestGrain");
  await page.waitForSelector("text=Deliver", { timeout: 30000 });
  await shoot("ingest", 3000);
  const text = await page.locator("#content").innerText();
  find("shows a grain's methods and where it lives", "IngestGrain", /Deliver/.test(text) && /Activations by Silo/i.test(text), text.slice(0, 400));
  await page.goto(settings.base + "/#/silos");
  await page.waitForSelector("text=Active Silos", { timeout: 30000 });
  await shoot("silos", 2000);
  const hosts = await page.locator("#content").innerText();
  find("shows the silos", "silos", settings.silos.split(",").every(silo => hosts.includes(silo)), hosts.slice(0, 400));
  find("quiet", "all pages", faults.length === 0, faults.join("\n"));

  async function shoot(name, after) {
    await page.waitForTimeout(after);
    await page.screenshot({ path: join(settings.pictures, `dashboard-${name}.png`), fullPage: true });
  }
}
