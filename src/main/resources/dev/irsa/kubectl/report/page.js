const {report, flags, readingVerbs} = JSON.parse(byId("data").textContent);
const texts = new Map();
let drawnWidth = 0;

function start() {
  showHeader();
  showNumbers();
  showFlags();
  showChanges();
  showLimits();
  const table = new RoleTable(new Map(flags.map(legend => [legend.flag, legend])), Boolean(report.clusters));
  const update = () => {
    const roles = filtered();
    byId("shown").textContent = `${roles.length.toLocaleString("en")} of ${plural(report.roles.length, "role")}`;
    table.show(roles);
    showPicture(roles);
  };
  byId("filter").addEventListener("submit", event => event.preventDefault());
  byId("text").addEventListener("input", update);
  byId("flags").addEventListener("change", update);
  byId("filter").addEventListener("reset", () => {
    checked().forEach(box => (box.checked = false));
    // The fields are empty only after the event.
    setTimeout(update);
  });
  new ResizeObserver(() => byId("picture").clientWidth !== drawnWidth && showPicture(filtered())).observe(byId("picture"));
  update();
}

function checked() {
  return [...document.querySelectorAll("#flags input:checked")];
}

function filtered() {
  const wanted = byId("text").value.trim().toLowerCase();
  const names = new Set(checked().map(box => box.value));
  return report.roles.filter(role => (names.size === 0 || role.flags.some(raised => names.has(raised.flag)))
    && (wanted === "" || textOf(role).includes(wanted)));
}

function filterBy(name) {
  byId("text").value = name;
  byId("text").dispatchEvent(new Event("input"));
}

function textOf(role) {
  if (!texts.has(role)) {
    const names = role.serviceAccounts.map(user => `${namespaceOf(role, user)}/${user.name}`);
    texts.set(role, valuesOf([role, names]).join("\n").toLowerCase());
  }
  return texts.get(role);
}

/** Returns the texts that a user sees, without digests, in which any short word occurs. */
function valuesOf(value) {
  return typeof value === "string" ? [value]
    : Object.entries(value ?? {}).flatMap(([key, part]) => (key === "digest" ? [] : valuesOf(part)));
}

function showHeader() {
  const {clusters} = report;
  const cluster = report.cluster ?? report.issuer;
  byId("title").textContent = `AWS access of ${clusters ? plural(clusters.length, "cluster") : `cluster ${cluster}`}`;
  document.title = `AWS access of ${clusters ? plural(clusters.length, "cluster") : cluster}`;
  byId("scope").textContent = `${clusters ? clusters.map(one => `${one.name}: ${scopeOf(one)}`).join(", ") : scopeOf(report)},`
    + ` ${report.createdAt.replace("T", " ").replace("Z", " UTC")}, by kubectl irsa report`;
  if (report.notRead.length > 0) {
    byId("warnings").append(element("div", {class: "warning", role: "alert"},
      element("strong", {}, "The report is not complete."), list(report.notRead.map(one => inCluster(one.cluster, one.reason)))));
  }
}

function scopeOf({namespace}) {
  return namespace ? `Namespace ${namespace}` : "All namespaces";
}

function showNumbers() {
  const users = report.roles.flatMap(role => role.serviceAccounts.map(user => ({namespace: namespaceOf(role, user), name: user.name})));
  const different = names => new Set(names).size;
  const numbers = [
    ...(report.clusters ? [["Clusters", report.clusters.length]] : []),
    ["Roles", report.roles.length],
    ["AWS accounts", different(report.roles.map(role => role.accountID))],
    ["ServiceAccounts", different(users.map(user => `${user.namespace}/${user.name}`))],
    ["Namespaces", different(users.map(user => user.namespace))],
    ["Roles with flags", report.roles.filter(role => role.flags.length > 0).length],
  ];
  byId("numbers").append(...numbers.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value.toLocaleString("en")))));
}

function showFlags() {
  for (const {flag, meaning} of flags) {
    const count = report.roles.filter(role => role.flags.some(raised => raised.flag === flag)).length;
    const box = element("input", {type: "checkbox", value: flag});
    box.disabled = count === 0;
    byId("flags").append(element("label", {title: meaning}, box, element("span", {class: "flag"}, flag), ` ${count.toLocaleString("en")}`));
  }
}

function showChanges() {
  if (!report.changes) {
    return;
  }
  const {since, roles} = report.changes;
  const signs = {added: "+", removed: "−", changed: "~"};
  byId("changes").hidden = false;
  byId("changes").append(element("p", {}, `${plural(roles.length, "role")} changed since ${since.replace("T", " ").replace("Z", " UTC")}.`));
  byId("changes").append(...roles.map(role => element("details", roles.length <= 20 ? {open: ""} : {},
    element("summary", {class: "name"}, inCluster(role.cluster, role.roleArn), ` (${plural(role.changes.length, "change")})`),
    element("ul", {class: "changes"}, ...role.changes.map(change =>
      element("li", {class: change.kind}, `${signs[change.kind]} ${change.what}`))))));
}

function showPicture(roles) {
  drawnWidth = byId("picture").clientWidth;
  byId("picture").replaceChildren(...(roles.length > 0 && drawnWidth > 0 ? [draw(roles, drawnWidth, filterBy)] : []));
  byId("caption").textContent = roles.length > 0 ? `${caption(roles)} A red role has flags. Choose a namespace, a ServiceAccount, or a role to show only it.`
    : report.roles.length > 0 ? "No role matches the filter." : "No ServiceAccount in this scope can use a role.";
}

function showLimits() {
  byId("unseen").append(...report.notSeen.map(what => element("li", {}, what)));
  byId("verbs").textContent = "AWS publishes no list of actions that only read, so every action counts as a write unless its name begins"
    + ` with ${readingVerbs.slice(0, -1).join(", ")}, or ${readingVerbs.at(-1)}.`;
}

start();
