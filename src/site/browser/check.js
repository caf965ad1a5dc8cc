// check.js FOLDER CHROMIUM: opens each page of the site in FOLDER in a browser, on a desktop and on a phone. Exits with 1 if a page
// reports an error, does not load a file, loads one from another server, or is wider than the screen.
import {readFile, readdir} from "node:fs/promises";
import {createServer} from "node:http";
import path from "node:path";
import {launch} from "puppeteer-core";

const [folder, chromium] = process.argv.slice(2);
const screens = {desktop: {width: 1280, height: 900}, phone: {width: 390, height: 844, isMobile: true, hasTouch: true}};
const types = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"};

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
for (const [screen, viewport] of Object.entries(screens)) {
  const tab = await browser.newPage();
  await tab.setViewport(viewport);
  let current;
  const report = problem => problems.push(`${current} (${screen}): ${problem}`);
  tab.on("console", message => message.type() === "error" && report(message.text()));
  tab.on("pageerror", error => report(error.message));
  tab.on("requestfailed", request => report(`${request.url()} failed`));
  tab.on("request", request => request.url().startsWith(site) || request.url().startsWith("data:") || report(`loads ${request.url()}`));
  for (current of pages) {
    await tab.goto(site + current, {waitUntil: "load"});
    const broken = await tab.evaluate(async () => {
      const images = [...document.images];
      images.forEach(image => (image.loading = "eager"));
      await Promise.allSettled(images.map(image => image.decode()));
      return images.filter(image => image.naturalWidth === 0).map(image => image.src);
    });
    broken.forEach(image => report(`cannot show ${image}`));
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) {
      report(`is ${wide} pixels wider than the screen`);
    }
  }
  await tab.close();
}

// The search finds a page by a word of its text.
const tab = await browser.newPage();
await tab.goto(site, {waitUntil: "load"});
await tab.evaluate(() => document.querySelector("#__search").click());
await tab.type(".md-search__input", "WaitingForPods");
await tab.waitForSelector(".md-search-result__item a", {timeout: 30_000}).catch(() => problems.push("the search finds nothing"));

await browser.close();
server.close();
problems.forEach(problem => console.error(problem));
console.log(`${pages.length} pages on ${Object.keys(screens).length} screens, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
