// report.js FOLDER CHROMIUM: opens the pages roles-NUMBER.html of FOLDER, which kubectl irsa report writes for that number of roles, on two
// screens in light and dark mode, uses them like a person with a keyboard, and saves a picture of each. Exits with 1 if a page reports an
// error, loads anything, is wider than the screen, or does not do what it should. Prints how large the pages are, and how fast they open.
import {readdir, stat} from "node:fs/promises";
import path from "node:path";
import {pathToFileURL} from "node:url";
import {launch} from "puppeteer-core";

const [folder, chromium] = process.argv.slice(2);
const screens = {desktop: {width: 1440, height: 900}, phone: {width: 390, height: 844}};
const problems = [];
let current;
const report = problem => problems.push(`${current}: ${problem}`);
const expect = (actual, wanted, what) => JSON.stringify(actual) === JSON.stringify(wanted)
  || report(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);

const browser = await launch({executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage"]});
const tab = await browser.newPage();
let address = "";
tab.on("console", message => report(message.text()));
tab.on("pageerror", error => report(error.message));
tab.on("dialog", dialog => report(`opens the dialog ${dialog.message()}`) || dialog.dismiss());
tab.on("request", request => request.url() === address || report(`loads ${request.url()}`));

/** Returns the milliseconds until the browser has shown the page. */
async function open(file) {
  address = "about:blank";
  await tab.goto(address);
  address = pathToFileURL(file).href;
  const before = performance.now();
  await tab.goto(address, {waitUntil: "load"});
  await tab.evaluate(() => new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(shown))));
  return performance.now() - before;
}

const texts = selector => tab.$$eval(selector, all => all.map(one => one.textContent));
const rows = async () => (await texts("#body > tr:not(.details)")).length;
const shown = () => tab.$eval("#shown", output => output.value);

async function press(selector, key) {
  await tab.focus(selector);
  await tab.keyboard.press(key);
}

async function sorts() {
  const button = "#head th:nth-child(2) button";
  const names = () => texts("#body > tr > td:nth-child(2) > .text:first-child");
  await press(button, "Enter");
  const up = await names();
  expect(up, [...up].sort((one, other) => one.toLowerCase() < other.toLowerCase() ? -1 : 1), "the order");
  await press(button, "Space");
  expect(await tab.$$eval("#head th", all => all.map(one => one.getAttribute("aria-sort"))),
    ["none", "descending", "none", "none", "none", "none"], "aria-sort");
  const down = await names();
  expect(down.length < 2 || down[0].toLowerCase() > down.at(-1).toLowerCase(), true, "descending order");
}

async function filters(count) {
  const all = `${count.toLocaleString("en")} of ${count.toLocaleString("en")} roles`;
  expect(await shown(), all, "the number of roles");
  await tab.type("#text", "PassRole");
  const some = Math.floor((count + 2) / 9);
  expect(await shown(), `${some} of ${count.toLocaleString("en")} roles`, "the number of roles with this text");
  await press("#filter button", "Enter");
  await tab.waitForFunction(wanted => document.querySelector("#shown").value === wanted, {timeout: 5000}, all)
    .catch(() => report("does not clear the filter"));
  await press("#flags input[value='no-boundary']", "Space");
  expect(await rows(), Math.min(200, Number.parseInt(await shown())), "the number of rows with the flag");
  expect((await texts("#body > tr:not(.details) > td:last-child")).every(flags => flags.includes("no-boundary")), true, "each row has the flag");
  await press("#flags input[value='no-boundary']", "Space");
}

async function opensDetails() {
  await tab.focus("#head th:last-child button");
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  expect(await tab.evaluate(() => document.activeElement.getAttribute("aria-expanded")), "true", "aria-expanded");
  expect((await texts("#body > .details h3")).slice(0, 1), ["Role"], "the first heading of the details");
  expect(await tab.$$eval("#body .details a", all => all.every(one => one.href.startsWith("https://"))), true, "links to the documentation");
  const outline = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  expect(outline, "solid", "the outline of the focus");
}

async function fits(screen) {
  const {wide, small} = await tab.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    small: [...document.querySelectorAll("#picture text")].filter(text => text.getBBox().width === 0).length,
  }));
  expect({wide, small}, {wide: 0, small: 0}, `what does not fit on a ${screen}`);
}

const files = (await readdir(folder)).filter(file => /^roles-\d+\.html$/.test(file)).sort((one, other) => Number.parseInt(one.slice(6)) - Number.parseInt(other.slice(6)));
for (const file of files) {
  const count = Number.parseInt(file.slice("roles-".length));
  const times = [];
  for (const [screen, viewport] of Object.entries(screens)) {
    for (const scheme of ["light", "dark"]) {
      current = `${file} on a ${scheme} ${screen}`;
      await tab.setViewport(viewport);
      await tab.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}]);
      times.push(await open(path.join(folder, file)));
      await fits(screen);
      await tab.screenshot({path: path.join(folder, `roles-${count}-${screen}-${scheme}.png`)});
      expect(await rows(), Math.min(count, 200), "the number of rows");
      await filters(count);
      await sorts();
      await opensDetails();
      await fits(screen);
      await tab.screenshot({path: path.join(folder, `roles-${count}-${screen}-${scheme}-details.png`), fullPage: count < 10});
    }
  }
  if (count > 200) {
    await press("#more", "Enter");
    expect(await rows(), count, "the number of rows after a click on Show all");
  }
  const {size} = await stat(path.join(folder, file));
  console.log(`${count} roles: ${Math.round(size / 1024)} KiB, opens in ${times.map(time => Math.round(time)).join(", ")} ms`);
}

// A page of several clusters distinguishes their ServiceAccounts.
current = "clusters.html";
for (const [screen, viewport] of Object.entries(screens)) {
  await tab.setViewport(viewport);
  await open(path.join(folder, current));
  await fits(screen);
  await tab.screenshot({path: path.join(folder, `clusters-${screen}.png`)});
  expect(await texts("#head th:nth-child(2)"), ["Cluster"], "the second column");
  await tab.type("#text", "production/");
  expect(await shown(), "4 of 10 roles", "the number of roles of a cluster");
  expect([...new Set(await texts("#body > tr > td:nth-child(2)"))], ["production"], "the cluster");
}

// A page with hostile texts shows them, and does nothing else.
current = "hostile.html";
await open(path.join(folder, current));
await opensDetails();
const page = await tab.evaluate(() => ({
  text: document.querySelector("#body .details").textContent,
  elements: document.querySelectorAll("main img, main script").length,
  ran: Boolean(globalThis.ran),
}));
expect({elements: page.elements, ran: page.ran}, {elements: 0, ran: false}, "what hostile text does");
expect(page.text.includes("</script><img src=x onerror=ran=1>"), true, "hostile text is shown");

await browser.close();
problems.forEach(problem => console.error(problem));
process.exitCode = problems.length > 0 ? 1 : 0;
