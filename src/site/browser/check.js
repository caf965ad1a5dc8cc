// check.js FOLDER CHROMIUM: opens each page of the site in FOLDER in a browser, on three screens. Exits with 1 if a page
// reports an error, does not load a file, loads one from another server, is wider than the screen, cuts off a table, or is too tall.
import {readFile, readdir} from "node:fs/promises";
import {createServer} from "node:http";
import path from "node:path";
import {launch} from "puppeteer-core";

const [folder, chromium] = process.argv.slice(2);
const screens = {desktop: {width: 1440, height: 900}, tablet: {width: 1024, height: 768}, phone: {width: 390, height: 844}};
// In pixels, on a phone.
const tallest = 12_000;
// The changelog grows.
const mayBeTaller = ["CHANGELOG"]
  .map(page => page + "/index.html");
const types = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"};

// Runs in the browser. Returns the images that it cannot show. A picture may have another file for each screen.
async function loadImages() {
  const frame = () => new Promise(requestAnimationFrame);
  const images = [...document.images];
  images.forEach(image => (image.loading = "eager"));
  do {
    await frame();
    await frame();
  } while (!images.every(image => image.complete));
  return images.filter(image => image.naturalWidth === 0 || !image.alt).map(image => image.src);
}

// Runs in the browser.
function measure() {
  const root = document.documentElement;
  const fits = (table, cell) => cell.scrollWidth <= cell.clientWidth + 1
    && cell.getBoundingClientRect().right <= table.closest("article").getBoundingClientRect().right + 1;
  const shown = cell => cell.clientWidth > 0;
  const cut = [...document.querySelectorAll("article table:not(.highlighttable)")]
    .filter(table => ![...table.querySelectorAll("th, td")].filter(shown).every(cell => fits(table, cell)))
    .map(table => table.textContent.trim().replace(/\s+/g, " ").slice(0, 60));
  return {wide: root.scrollWidth - root.clientWidth, cut, height: root.scrollHeight};
}

const server = createServer(async (request, response) => {
  const place = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const file = path.join(folder, place.endsWith("/") ? place + "index.html" : place);
  try {
    const body = await readFile(file);
    response.writeHead(200, {"Content-Type": types[path.extname(file)] ?? "application/octet-stream"}).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(listening => server.listen(0, "127.0.0.1", listening));
const site = `http://127.0.0.1:${server.address().port}/`;

const pages = (await readdir(folder, {recursive: true})).filter(file => file.endsWith(".html")).sort();
const problems = [];
const browser = await launch({executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage"]});
const tab = await browser.newPage();
let current;
const report = problem => problems.push(`${current}: ${problem}`);
tab.on("console", message => message.type() === "error" && report(message.text()));
tab.on("pageerror", error => report(error.message));
// A browser cancels the load of a picture that the next screen replaces. An image that it cannot show is found below.
tab.on("requestfailed", request => request.failure()?.errorText === "net::ERR_ABORTED" || report(`${request.url()} failed`));
tab.on("request", request => request.url().startsWith(site) || request.url().startsWith("data:") || report(`loads ${request.url()}`));
for (current of pages) {
  // Otherwise, the page before would begin to load images for the next screen.
  await tab.goto("about:blank");
  await tab.setViewport(screens.desktop);
  await tab.goto(site + current, {waitUntil: "load"});
  for (const [screen, viewport] of Object.entries(screens)) {
    await tab.setViewport(viewport);
    const broken = await tab.evaluate(loadImages);
    broken.forEach(image => report(`cannot show ${image}, or has no text instead of it`));
    const {wide, cut, height} = await tab.evaluate(measure);
    if (wide > 0) {
      report(`is ${wide} pixels wider than a ${screen}`);
    }
    cut.forEach(table => report(`cuts off the table "${table}" on a ${screen}`));
    if (screen === "phone" && height > tallest && !mayBeTaller.includes(current)) {
      report(`is ${height} pixels tall on a ${screen}, more than ${tallest}`);
    }
  }
}

// The search finds a page by a word of its text.
await tab.goto(site, {waitUntil: "load"});
await tab.evaluate(() => document.querySelector("#__search").click());
await tab.type(".md-search__input", "WaitingForPods");
await tab.waitForSelector(".md-search-result__item a", {timeout: 30_000}).catch(() => problems.push("the search finds nothing"));

await browser.close();
server.close();
problems.forEach(problem => console.error(problem));
console.log(`${pages.length} pages on ${Object.keys(screens).length} screens, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
